package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A payload is the body of a request, read but not judged.
type payload struct {
	json  any               // numbers as json.Number
	files map[string]string // file names by the n of files[n]
}

// readPayload reads a JSON body, or a multipart one with its payload_json.
func readPayload(contentType string, body []byte) (payload, error) {
	media, param, err := mime.ParseMediaType(contentType)
	if err != nil {
		return payload{}, fmt.Errorf("content type %q: %w", contentType, err)
	}
	switch media {
	case "application/json":
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			return payload{}, fmt.Errorf("the body is not JSON: %w", err)
		}
		return payload{json: v}, nil
	case "multipart/form-data":
		return readForm(multipart.NewReader(bytes.NewReader(body), param["boundary"]))
	default:
		return payload{}, fmt.Errorf("content type %q is neither JSON nor multipart", media)
	}
}

func readForm(r *multipart.Reader) (payload, error) {
	p := payload{files: map[string]string{}}
	for {
		part, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return payload{}, fmt.Errorf("read the form: %w", err)
		}
		if err := p.readPart(part); err != nil {
			return payload{}, err
		}
	}
	if p.json == nil {
		return payload{}, errors.New("the form has no payload_json")
	}
	return p, nil
}

func (p *payload) readPart(part *multipart.Part) error {
	name := part.FormName()
	if name == "payload_json" {
		v, err := jsonschema.UnmarshalJSON(part)
		if err != nil {
			return fmt.Errorf("payload_json is not JSON: %w", err)
		}
		p.json = v
		return nil
	}
	n, ok := strings.CutPrefix(name, "files[")
	n, closed := strings.CutSuffix(n, "]")
	if i, err := strconv.Atoi(n); !ok || !closed || err != nil || i < 0 {
		return fmt.Errorf("the form's part %q is neither payload_json nor files[n]", name)
	}
	switch {
	case part.FileName() == "":
		return fmt.Errorf("the form's part %q has no file name", name)
	case p.files[n] != "":
		return fmt.Errorf("the form has %q twice", name)
	}
	p.files[n] = part.FileName()
	return nil
}
