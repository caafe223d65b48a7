package page

// What the tests from outside compare the page with.
const (
	FocusFail     = focusFail
	FocusFault    = focusFault
	Policy        = policy
	ShownGuilds   = shownGuilds
	ShownMessages = shownMessages
	UnansweredID  = unansweredID
)

// RenderMarkdown renders a text that may refer to nothing.
func RenderMarkdown(text string) string { return string(newMarkdown().HTML(text, nameBook{})) }
