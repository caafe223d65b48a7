package control

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// maxBody is the largest body of a call.
const maxBody = 16 << 20

// ReadBody decodes a body into v, an empty one as {}. It returns an error for a
// field that v lacks.
func ReadBody(r *http.Request, v any) *Error {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return BadRequest("bad_json", "the body could not be read")
	}
	if len(raw) > maxBody {
		return Fail(http.StatusRequestEntityTooLarge, "too_large", "the body can be 16 MiB at most")
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return bodyError(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return BadRequest("bad_json", "the body must be one JSON object")
	}
	return nil
}

// bodyError words what the decoder says.
func bodyError(err error) *Error {
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return BadRequest("unknown_field", "unknown field "+name)
	}
	if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if te.Field == "" {
			return BadRequest("bad_json", "the body must be one JSON object")
		}
		return BadRequest("bad_field", "field "+strconv.Quote(te.Field)+" cannot be of the type "+te.Value)
	}
	if _, ok := errors.AsType[base64.CorruptInputError](err); ok {
		return BadRequest("bad_field", `"base64" does not hold a file's content in base64`)
	}
	return BadRequest("bad_json", "the body is not JSON: "+err.Error())
}
