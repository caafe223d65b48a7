package button

import (
	"strings"
	"testing"
)

func TestMeStepText(t *testing.T) {
	for _, s := range []MeStep{{Act: "show", Arg: ""}, {Act: "stop", Arg: "42"}, {Act: "agree", Arg: "Europe/Lisbon|desk|daily 10:00"}} {
		var back MeStep
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%v came back as %v, %v", s, back, err)
		}
	}
}

func TestConsentStepText(t *testing.T) {
	for _, s := range []ConsentStep{ConsentAsk, ConsentYes, ConsentNo, ConsentForget} {
		var back ConsentStep
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%q came back as %q, %v", s, back, err)
		}
	}
	var s ConsentStep
	if s.UnmarshalText([]byte("all")) == nil {
		t.Error("an unknown step was taken")
	}
	if !strings.HasPrefix(ConsentID.For(ConsentAsk), "consent1:") {
		t.Error("the ID lost its version")
	}
}

func TestTrainingStepsText(t *testing.T) {
	for _, s := range []ProgressStep{ProgressShow, ProgressCount, ProgressAgree, ProgressBack} {
		var back ProgressStep
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%q came back as %q, %v", s, back, err)
		}
	}
	for _, s := range []OwnStep{OwnShow, OwnAsk, OwnAgree, OwnSure, OwnDelete, OwnNames, OwnSources} {
		var back OwnStep
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%q came back as %q, %v", s, back, err)
		}
	}
	var p ProgressStep
	var r OwnStep
	if p.UnmarshalText([]byte("all")) == nil || r.UnmarshalText([]byte("")) == nil {
		t.Error("an unknown step was taken")
	}
}
