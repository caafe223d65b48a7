package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"unpinch/store"
)

// reachMost is how long a server may take to answer.
const reachMost = 10 * time.Second

// tryOut notes what this computer does not let the configuration do: write where
// it says, listen where it says. It leaves nothing behind.
func (c config) tryOut(ctx context.Context, path string) error {
	faults := &configFaults{path: path, said: map[string]bool{}}
	if what := unwritable(c.Store.Path); what != "" {
		faults.of("store.path", "%s", what)
	}
	if c.Store.URL != "" {
		ctx, cancel := context.WithTimeout(ctx, reachMost)
		defer cancel()
		if _, err := store.Examine(ctx, c.Store.URL); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults.of("store.url", "%v", err)
		}
	}
	if c.Backup.Dir != "" {
		if what := unwritable(filepath.Join(c.Backup.Dir, "copy")); what != "" {
			faults.of("backup.dir", "%s", what)
		}
	}
	if c.HTTP.Addr != "" {
		if what := unbindable(c.HTTP.Addr); what != "" {
			faults.of("http.addr", "%s", what)
		}
	}
	return errors.Join(faults.all...)
}

// unwritable says why a file can't be written, or made, or "".
func unwritable(file string) string {
	info, err := os.Stat(file)
	switch {
	case err == nil && info.IsDir():
		return fmt.Sprintf("%s is a folder; give the path of a file", file)
	case err == nil && !writable(file):
		return fmt.Sprintf("%s can't be written by this user; chown it, or run as the user that it belongs to", file)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Sprintf("%s can't be reached: %v", file, err)
	}
	// The nearest folder that is there has to take the rest.
	dir := filepath.Dir(file)
	for {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			return fmt.Sprintf("%s is no folder", dir)
		}
		if err == nil && !writable(dir) {
			return fmt.Sprintf("the folder %s can't be written by this user; chown it, or name another", dir)
		}
		if err == nil || dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// unbindable says why nothing can listen at an address, or "". Where the bot
// itself does, all is well.
func unbindable(addr string) string {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		l.Close()
		return ""
	}
	if errors.Is(err, addrInUse) {
		if ownHealth(addr) {
			return ""
		}
		return fmt.Sprintf("%s is in use by another program; give another port", addr)
	}
	return fmt.Sprintf("can't listen at %s: %v; give an address of this computer, such as 127.0.0.1:9090", addr, err)
}

// ownHealth reports whether an unpinch answers at an address.
func ownHealth(addr string) bool {
	host, port, err := splitAddr(addr)
	if err != nil {
		return false
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	client := http.Client{Timeout: 2 * time.Second}
	resp, err := client.Get("http://" + net.JoinHostPort(host, port) + "/health/live")
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 100))
	return err == nil && string(text) == aliveText
}
