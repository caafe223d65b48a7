package openapi

import (
	"fmt"
	"slices"
	"strings"
)

// A route is one operation of Discord's file.
type route struct {
	method, template string // "POST", "/channels/{channel_id}/messages"
	takesJSON        bool
	bodyRequired     bool
}

// bodyPointer returns the JSON pointer, as a URL's fragment, to the route's body.
// A multipart request is judged by it too, since its payload_json is the same.
func (r route) bodyPointer() string {
	path := strings.NewReplacer("/", "~1", "{", "%7B", "}", "%7D").Replace(r.template)
	return "/paths/" + path + "/" + strings.ToLower(r.method) + "/requestBody/content/application~1json/schema"
}

// routesOf lists the operations of an OpenAPI document.
func routesOf(doc any) []route {
	var routes []route
	for template, ops := range object(object(doc)["paths"]) {
		for method, op := range object(ops) {
			method = strings.ToUpper(method)
			if !slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, method) {
				continue // "parameters" stands beside the operations
			}
			body := object(object(op)["requestBody"])
			_, takesJSON := object(body["content"])["application/json"]
			required, _ := body["required"].(bool)
			routes = append(routes, route{method, template, takesJSON, required})
		}
	}
	return routes
}

// find returns the route of a request. Where two templates fit, as
// /messages/@original and /messages/{message_id}, the one with the literal wins.
func find(routes []route, method, path string) (route, error) {
	var best *route
	var allowed []string
	for i := range routes {
		r := &routes[i]
		if !fits(r.template, path) {
			continue
		}
		allowed = append(allowed, r.method)
		if r.method == method && (best == nil || params(r.template) < params(best.template)) {
			best = r
		}
	}
	switch {
	case best != nil:
		return *best, nil
	case allowed != nil:
		slices.Sort(allowed)
		return route{}, fmt.Errorf("no such method here, only %s", strings.Join(slices.Compact(allowed), ", "))
	default:
		return route{}, fmt.Errorf("no such route")
	}
}

// params counts a template's parameters.
func params(template string) int { return strings.Count(template, "{") }

// fits reports whether the path is one of the template's. A parameter that is
// an id must look like one.
func fits(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		switch {
		case strings.HasSuffix(w, "_id}"):
			if !isSnowflake(got[i]) {
				return false
			}
		case strings.HasPrefix(w, "{"):
			if got[i] == "" {
				return false
			}
		case w != got[i]:
			return false
		}
	}
	return true
}

func isSnowflake(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
