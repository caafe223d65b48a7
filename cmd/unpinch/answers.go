package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// answers are what somebody types at a terminal, or one a line from a pipe, which
// is shown no questions.
type answers struct {
	in       *bufio.Reader
	out      io.Writer
	terminal int  // its file descriptor, or noTerminal
	none     bool // nothing may be asked
}

const noTerminal = -1

// errNoAnswer says that there is nobody to ask.
var errNoAnswer = errors.New("no answer")

func (p program) answers(none bool) *answers {
	a := &answers{in: bufio.NewReader(p.in), out: p.errOut, terminal: noTerminal, none: none}
	if f, ok := p.in.(*os.File); ok && !none && term.IsTerminal(int(f.Fd())) {
		a.terminal = int(f.Fd())
	}
	return a
}

// live reports whether a person answers, who can be asked again.
func (a *answers) live() bool { return a.terminal != noTerminal }

// ask returns the answer to a question, or errNoAnswer.
func (a *answers) ask(ctx context.Context, question string) (string, error) {
	return a.get(ctx, question, func() (string, error) { return a.in.ReadString('\n') })
}

// hidden is ask for what nobody may read over a shoulder.
func (a *answers) hidden(ctx context.Context, question string) (string, error) {
	if !a.live() {
		return a.ask(ctx, question)
	}
	before, err := term.GetState(a.terminal)
	if err != nil {
		return "", fmt.Errorf("read from the terminal: %w", err)
	}
	defer fmt.Fprintln(a.out)
	defer term.Restore(a.terminal, before) // also when the answer never comes
	return a.get(ctx, question, func() (string, error) {
		text, err := term.ReadPassword(a.terminal)
		return string(text), err
	})
}

// sure asks a question of yes or no, which is no without an answer.
func (a *answers) sure(ctx context.Context, question string) bool {
	text, err := a.ask(ctx, question+" [y/N] ")
	text = strings.ToLower(text)
	return err == nil && (text == "y" || text == "yes")
}

// get shows a question and reads its answer, unless ctx ends first.
func (a *answers) get(ctx context.Context, question string, read func() (string, error)) (string, error) {
	if a.none {
		return "", errNoAnswer
	}
	if a.live() {
		fmt.Fprint(a.out, question)
	}
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := read()
		got <- answer{strings.TrimSpace(text), err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.New("stopped; nothing more was written")
	case g := <-got:
		if g.err == nil || errors.Is(g.err, io.EOF) && g.text != "" {
			return g.text, nil
		}
		if errors.Is(g.err, io.EOF) {
			return "", errNoAnswer
		}
		return "", fmt.Errorf("read an answer: %w", g.err)
	}
}
