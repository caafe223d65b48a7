package wire

// Types of interactions.
const (
	CommandInteraction      = 2
	ComponentInteraction    = 3
	AutocompleteInteraction = 4
	ModalInteraction        = 5
)

// Types of callbacks.
const (
	MessageCallback      = 4
	DeferCallback        = 5
	DeferUpdateCallback  = 6
	UpdateCallback       = 7
	AutocompleteCallback = 8
	ModalCallback        = 9
)

// Types of application commands.
const (
	ChatCommand    = 1
	UserCommand    = 2
	MessageCommand = 3
)

// Types of components.
const (
	ActionRow         = 1
	Button            = 2
	StringSelect      = 3
	TextInput         = 4
	UserSelect        = 5
	RoleSelect        = 6
	MentionableSelect = 7
	ChannelSelect     = 8
	Section           = 9
	TextDisplay       = 10
	Thumbnail         = 11
	MediaGallery      = 12
	File              = 13
	Separator         = 14
	Container         = 17
	Label             = 18
)

// StyleLink is the style of a button that opens an address.
const StyleLink = 5

// Message flags.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// Types of command options.
const (
	SubcommandOption  = 1
	GroupOption       = 2
	StringOption      = 3
	IntegerOption     = 4
	BooleanOption     = 5
	UserOption        = 6
	ChannelOption     = 7
	RoleOption        = 8
	MentionableOption = 9
	NumberOption      = 10
	AttachmentOption  = 11
)
