// Package openapi checks requests to Discord's API against Discord's own
// OpenAPI file, and against the documented rules which that file leaves out.
// It is for tests only: the file is a preview, fit to catch our mistakes and
// not to judge live traffic.
package openapi

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// docURL is the address under which the compiler knows Discord's file.
const docURL = "mem:///openapi.json"

// A Schema is Discord's description of its API. A nil Schema accepts
// everything, so that a test runs where the file is not to be had. It is safe
// for concurrent use.
type Schema struct {
	routes []route

	mu       sync.Mutex // the compiler is not safe for concurrent use
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema // by location in the file
}

// Load reads Discord's OpenAPI file. Bodies are compiled when a request first
// needs them, as the whole file takes seconds.
func Load(path string) (*Schema, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read Discord's schema: %w", err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, fmt.Errorf("read Discord's schema: %s: %w", path, err)
	}
	routes := routesOf(doc)
	if len(routes) == 0 {
		return nil, fmt.Errorf("read Discord's schema: %s: no paths in it", path)
	}
	closeObjects(doc)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource(docURL, doc); err != nil {
		return nil, fmt.Errorf("read Discord's schema: %s: %w", path, err)
	}
	return &Schema{routes: routes, compiler: c, compiled: map[string]*jsonschema.Schema{}}, nil
}

// Check reports everything wrong with a request, nil when nothing is. The path
// has no /api/v10 before it; a query after it is ignored. An unknown route is
// a fault.
func (s *Schema) Check(method, path, contentType string, body []byte) error {
	if s == nil {
		return nil
	}
	if err := s.check(method, path, contentType, body); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}

func (s *Schema) check(method, path, contentType string, body []byte) error {
	path, _, _ = strings.Cut(path, "?")
	r, err := find(s.routes, method, path)
	if err != nil {
		return err
	}
	if len(body) == 0 {
		if r.bodyRequired {
			return errors.New("the body is missing")
		}
		return nil
	}
	if !r.takesJSON {
		return errors.New("this route takes no JSON body")
	}
	p, err := readPayload(contentType, body)
	if err != nil {
		return err
	}
	schema, err := s.compile(r)
	if err != nil {
		return err
	}
	coerce(p.json)
	return errors.Join(explain(schema.Validate(p.json)), ruleFaults(r, p))
}

// compile returns the schema of a route's JSON body.
func (s *Schema) compile(r route) (*jsonschema.Schema, error) {
	loc := docURL + "#" + r.bodyPointer()
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.compiled[loc]; ok {
		return c, nil
	}
	c, err := s.compiler.Compile(loc)
	if err != nil {
		return nil, fmt.Errorf("compile the schema: %w", err)
	}
	s.compiled[loc] = c
	return c, nil
}
