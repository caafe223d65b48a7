package main

import (
	"os/exec"
	"runtime"
)

// openBrowser shows an address in the browser of whoever runs the program. Where
// there is none, nothing happens: the address has been printed.
func openBrowser(address string) {
	name, args := opener(runtime.GOOS)
	cmd := exec.Command(name, append(args, address)...)
	if cmd.Start() == nil {
		go func() { _ = cmd.Wait() }() // what it says of itself is nobody's concern
	}
}

// opener returns the program that opens an address on a system.
func opener(system string) (name string, args []string) {
	switch system {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}
	case "darwin":
		return "open", nil
	}
	return "xdg-open", nil
}
