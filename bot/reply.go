package bot

// A Reply is what a handler answers, as plain data in Components V2. A modal
// stands alone.
type Reply struct {
	Parts []Part
	Files []File
	Modal *Modal
	// PingRole is the one role that the message may ping; "" for none.
	PingRole string
	// Silent posts without a sound or a banner.
	Silent bool
	// Mark is a number that Find knows the message by, from MarkLow to MarkHigh,
	// or 0 for none. People do not see it.
	Mark int
}

// A Part is a top-level or nested component of a message.
type Part interface{ wire() wireComponent }

// Text is a Text Display: Markdown as Discord reads it.
type Text string

// A Container is a box with an accent colour on its edge.
type Container struct {
	Accent int // 0xRRGGBB; 0 for none
	Parts  []Part
}

// A Section is one to three texts with a button beside them.
type Section struct {
	Texts  []Text
	Beside Button
}

// A Separator is a gap, with a line if Line is set, double height if Wide.
type Separator struct{ Line, Wide bool }

// A Gallery is one to ten pictures.
type Gallery []Image

// An Image is a picture among the reply's files with its alternative text.
type Image struct{ File, Alt string }

// A FileLink shows one of the reply's files as a download.
type FileLink string

// A Row is one to five buttons side by side.
type Row []Button

// Style is how a button looks, in Discord's numbers.
type Style int

// Discord's button styles; a button with a URL is a link whatever its style.
const (
	Primary Style = iota + 1
	Secondary
	Success
	Danger
	link
)

// A Button is pressed (ID) or leads to a page (URL).
type Button struct {
	Label    string
	ID       string // made by ID.For
	URL      string
	Style    Style // Secondary when 0
	Disabled bool
}

// A Select is a menu of one to 25 entries, in a row of its own. A user chooses
// one, or with Many any number of them, even none.
type Select struct {
	ID      string // made by ID.For
	Hint    string // shown until something is chosen
	Entries []Entry
	Many    bool
}

// A ChannelSelect asks for one channel that holds posts, in a row of its own. Its
// ID comes among the values.
type ChannelSelect struct {
	ID   string // made by ID.For
	Hint string // shown until something is chosen
}

// A Menu is a select whose entries are buttons: picking one does what pressing it
// does, whatever way its binding answers. It holds one to 25 buttons with an ID;
// a message has at most one menu.
type Menu struct {
	Hint    string // shown until something is chosen
	Buttons []Button
}

// entries are the menu's buttons as a select has them.
func (m Menu) entries() []Entry {
	entries := make([]Entry, 0, len(m.Buttons))
	for _, b := range m.Buttons {
		entries = append(entries, Entry{Label: b.Label, Value: b.ID})
	}
	return entries
}

// An Entry is one line of a select.
type Entry struct {
	Label, Value, About string
	Chosen              bool
}

// A File is sent with the reply. Names are lower-case letters, digits and
// hyphens with an extension, because Discord rewrites others.
type File struct {
	Name  string
	About string // alternative text or description, up to 1,024 characters
	Data  []byte
}

// A Modal is a form of one to five fields.
type Modal struct {
	ID     string // made by ID.For
	Title  string
	Fields []Field
}

// A Field is a labelled text input, or a labelled select when Entries is set.
type Field struct {
	ID      string
	Label   string
	About   string
	Hint    string
	Value   string
	Long    bool // several lines
	Need    bool // may not be left empty
	Max     int  // characters; 4,000 when 0
	Entries []Entry
}
