package wire

import (
	"encoding/json"
	"net/http"
	"testing"
)

func TestRefusalBodies(t *testing.T) {
	var faults FieldErrors
	if got := InvalidForm(&faults); got != nil {
		t.Errorf("without a fault: got %v, want no refusal", got)
	}
	faults.Add("data.components.0", "A", "First.")
	faults.Add("data.components.0", "B", "Second.")
	faults.Add("", "C", "The whole body.")
	for want, no := range map[string]*Refusal{
		`{"code":10008,"message":"Unknown Message"}`: Refuse(http.StatusNotFound, 10008, "Unknown Message"),
		`{"code":50035,"errors":{"_errors":[{"code":"C","message":"The whole body."}],"data":{"components":{"0":{"_errors":[` +
			`{"code":"A","message":"First."},{"code":"B","message":"Second."}]}}}},"message":"Invalid Form Body"}`: InvalidForm(&faults),
		`{"code":0,"global":true,"message":"You are being rate limited.","retry_after":0.5}`: RateLimit{After: 0.5, Scope: "global"}.Refusal(),
	} {
		if raw, err := json.Marshal(no); err != nil || string(raw) != want {
			t.Errorf("got %s, %v\nwant %s", raw, err, want)
		}
	}
}

func TestDecode(t *testing.T) {
	v, err := Decode([]byte(` {"n": 1152921504606846977} `))
	o, _ := v.(Object)
	if n, ok := Number(o, "n"); err != nil || !ok || n != 1152921504606846977 {
		t.Errorf("got %v, %v, want every digit", v, err)
	}
	for _, raw := range []string{"", "{", "{} {}", "1 x"} {
		if v, err := Decode([]byte(raw)); err == nil {
			t.Errorf("%q: got %v, want an error", raw, v)
		}
	}
}
