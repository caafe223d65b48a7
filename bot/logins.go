package bot

import "sync"

// logins are the shards that have logged in since the start, each once.
type logins struct {
	mu   sync.Mutex
	of   int         // shards that there are
	came map[int]int // how many servers each shard has; -1 for as many as before
	app  string
	told bool
}

// note notes that a shard has logged in, and reports whether for the first time.
func (l *logins) note(s Shard, application string, servers int) (first bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of != s.Of {
		l.of, l.came = s.Of, map[int]int{}
	}
	l.app = application
	_, again := l.came[s.ID]
	l.came[s.ID] = servers
	return !again
}

// application returns the bot's.
func (l *logins) application() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.app
}

// complete returns, once, what the log says of the shards when all have logged in;
// else nil.
func (l *logins) complete() []any {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.told || len(l.came) < l.of {
		return nil
	}
	l.told = true
	servers := 0
	for _, n := range l.came {
		if n < 0 || servers < 0 {
			servers = -1
			continue
		}
		servers += n
	}
	var all []any
	if l.of > 1 {
		all = append(all, "shards", l.of)
	}
	if servers < 0 {
		return append(all, "servers", "as before")
	}
	return append(all, "servers", servers)
}
