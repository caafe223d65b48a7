package store

import (
	"testing"
	"time"
)

func TestConsent(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	lisbon := time.FixedZone("WEST", 3600)
	type agreement struct {
		version int
		at      time.Time
	}
	for _, step := range []struct {
		name  string
		agree *agreement
		want  agreement
	}{
		{"none", nil, agreement{}},
		{"first", &agreement{1, agreed()}, agreement{1, agreed()}},
		{"again, later", &agreement{1, agreed().Add(time.Hour)}, agreement{1, agreed().Add(time.Hour)}},
		{"newer text, other zone", &agreement{2, agreed().In(lisbon)}, agreement{2, agreed()}},
	} {
		if a := step.agree; a != nil {
			if err := s.Agree(t.Context(), "1", a.version, "en-GB", a.at); err != nil {
				t.Fatal(err)
			}
		}
		version, at, err := s.Consent(t.Context(), "1")
		if got := (agreement{version, at}); got != step.want || err != nil {
			t.Errorf("%s: got %v, %v, want %v", step.name, got, err, step.want)
		}
	}
	if version, _, err := s.Consent(t.Context(), "2"); version != 0 || err != nil {
		t.Errorf("another user: got %d, %v, want 0", version, err)
	}
}

func TestAgreeAgainKeepsChoices(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for i, locale := range []string{"pt-PT", "en-GB"} {
		if err := s.Agree(t.Context(), "1", i+1, locale, agreed()); err != nil {
			t.Fatal(err)
		}
	}
	var age int
	var locale string
	err := s.read.QueryRowContext(t.Context(), `SELECT age_statement, locale FROM members`).Scan(&age, &locale)
	if err != nil || age != 1 || locale != "pt-PT" {
		t.Errorf("got %d, %s, %v, want 1, pt-PT", age, locale, err)
	}
}

func TestAgreeRefuses(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	before := dump(t, s)
	for name, err := range map[string]error{
		"no user":    s.Agree(t.Context(), "", 1, "en-GB", agreed()),
		"no version": s.Agree(t.Context(), "1", 0, "en-GB", agreed()),
		"no time":    s.Agree(t.Context(), "1", 1, "en-GB", time.Time{}),
	} {
		if err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	before := dump(t, s)
	for _, step := range []struct{ set, value string }{
		{"", ""}, {"dev_guild", "12"}, {"dev_guild", "34"}, {"other", "x"}, {"dev_guild", ""}, {"dev_guild", ""}, {"other", ""},
	} {
		if step.set == "" {
			step.set = "dev_guild"
		} else if err := s.SetSetting(t.Context(), step.set, step.value); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Setting(t.Context(), step.set); got != step.value || err != nil {
			t.Errorf("%s: got %q, %v, want %q", step.set, got, err, step.value)
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	if err := s.SetSetting(t.Context(), "", "x"); err == nil {
		t.Error("a setting without a name: got no error")
	}
}

func TestDumpSeesEveryWrite(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	last := dump(t, s)
	for name, write := range map[string]func() error{
		"member":  func() error { return s.Agree(t.Context(), "1", 1, "en-GB", agreed()) },
		"setting": func() error { return s.SetSetting(t.Context(), "a", "b") },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
		now := dump(t, s)
		if now == last || dump(t, s) != now {
			t.Errorf("%s: the dump does not change with the write, or without one", name)
		}
		last = now
	}
}

func TestDumpOrderIsStable(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	var dumps []string
	for _, order := range [][]string{{"1", "2"}, {"2", "1"}} {
		for _, name := range order {
			if err := s.SetSetting(t.Context(), name, "x"); err != nil {
				t.Fatal(err)
			}
		}
		dumps = append(dumps, dump(t, s))
		for _, name := range order {
			if err := s.SetSetting(t.Context(), name, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	if dumps[0] != dumps[1] {
		t.Errorf("got\n%s\nand\n%s\nwant the same", dumps[0], dumps[1])
	}
}
