package classfile

// FileAsked is how many channels and roles of a file Discord is asked about.
const FileAsked = fileAsked

// FileFault says what is wrong with a line of a file.
var FileFault = fileFault

// NewReaders and Enter let files in.
var (
	NewReaders = newReaders
	Enter      = (*readers).enter
)
