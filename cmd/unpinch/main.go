// Command unpinch is the bot: on Discord, on its own playground, and its
// content in the terminal. It alone reads the clock, the environment and the
// command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"unpinch/figure"
)

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends at once
	private()
	p := program{in: os.Stdin, out: os.Stdout, errOut: os.Stderr, environ: os.Environ(), now: time.Now, figures: &figure.Album{}, memory: ownMemory()}
	if code := p.main(ctx, os.Args[1:]); code != 0 {
		os.Exit(code)
	}
}

// A program is what the subcommands have from the process.
type program struct {
	in      io.Reader
	out     io.Writer
	errOut  io.Writer
	environ []string
	now     func() time.Time
	figures *figure.Album // nil for cards and posts without pictures
	disk    func()        // called at each write to the database, which waits for it; nil outside tests
	memory  *memory       // nil where several programs share a process
}

// commandLine is every subcommand with its flags.
type commandLine struct {
	Demo       demoCmd       `cmd:"" help:"Run the bot on its own playground, with a page in the browser. Needs no Discord account."`
	Init       initCmd       `cmd:"" help:"Write a configuration by asking, and a systemd unit with --service."`
	Doctor     doctorCmd     `cmd:"" help:"Check everything that can be wrong, with a remedy; also while the bot runs."`
	Invite     inviteCmd     `cmd:"" help:"Print the links that add the bot, with the least permissions."`
	Run        runCmd        `cmd:"" help:"Run the bot on Discord."`
	Alive      aliveCmd      `cmd:"" help:"Ask the bot that runs whether it is alive, for a container's health check."`
	Check      checkCmd      `cmd:"" help:"Check configuration and content, and name every fault at once."`
	Backup     backupCmd     `cmd:"" help:"Copy the database while the bot runs, and open the copy again."`
	Restore    restoreCmd    `cmd:"" help:"Put a copy in the place of the database of a bot that doesn't run."`
	Migrate    migrateCmd    `cmd:"" help:"Bring the database up to this version. run does it too."`
	Find       findCmd       `cmd:"" help:"Say which lift each name on standard input is, one a line."`
	Show       showCmd       `cmd:"" help:"Show the bot's content in the terminal."`
	Figures    figuresCmd    `cmd:"" help:"Write the pictures, still as PNG and moving as GIF files."`
	Next       nextCmd       `cmd:"" help:"Print when a rule such as \"mon wed fri 18:00\" runs on a zone's clock."`
	Playground playgroundCmd `cmd:"" help:"Run only the stand-in for Discord, for any bot library."`
	Version    versionCmd    `cmd:"" help:"Print the version of the program and its content."`
}

// main runs the subcommand that args name and returns the exit code.
func (p program) main(ctx context.Context, args []string) int {
	var c commandLine
	asked := false // for help, which kong prints and then means to exit
	parser, err := kong.New(&c, kong.Name("unpinch"), kong.Writers(p.out, p.errOut),
		kong.Exit(func(int) { asked = true }), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(p),
		kong.Description("A Discord bot for gym communities: what to check when something tingles, and what to do next."))
	if err != nil {
		return p.fail(err, exitFailed)
	}
	switch {
	case len(args) == 0:
		args = []string{"--help"}
	case args[0] == "help":
		args = append(slices.Clone(args[1:]), "--help")
	}
	if args[0] == "--version" {
		args[0] = "version"
	}
	k, err := parser.Parse(args)
	switch {
	case asked:
		return 0
	case err != nil:
		fmt.Fprintf(p.errOut, "unpinch: %v\nRun unpinch --help to see what works.\n", err)
		return exitUsage
	}
	if err := k.Run(); err != nil {
		return p.fail(err, exitFailed)
	}
	return 0
}

// fail prints err, a line for each of its faults.
func (p program) fail(err error, code int) int {
	for line := range strings.SplitSeq(strings.TrimSpace(err.Error()), "\n") {
		fmt.Fprintln(p.errOut, "unpinch:", line)
	}
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return code
}

// A usageError is a fault of the command line that only the subcommand can see.
type usageError struct{ error }
