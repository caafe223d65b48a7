package figure

// The files of poses. What a key means stands in CONTRIBUTING.md, for authors.

// A drillFile is drills/ID.toml.
type drillFile struct {
	sceneFile
	Column bool        `toml:"column"`
	Frames []frameFile `toml:"frame"`
}

// A sceneFile is what surrounds the body; a frame without it has its drill's.
type sceneFile struct {
	Eye    string      `toml:"eye"`
	Crop   *crop       `toml:"crop"`
	Mat    []float64   `toml:"mat"`
	Things []thingFile `toml:"things"`
	Bands  []bandFile  `toml:"bands"`
}

// A thingFile places a thing of things.toml in the room, or in a hand.
type thingFile struct {
	Thing string    `toml:"thing"`
	At    []float64 `toml:"at"`
	In    string    `toml:"in"`
}

// A bandFile is stretched from a place of the body to another, or to a post.
type bandFile struct {
	From   string    `toml:"from"`
	To     string    `toml:"to"`
	Post   []float64 `toml:"post"`
	Colour string    `toml:"colour"`
	Wide   float64   `toml:"wide"`
}

type frameFile struct {
	poseFile
	sceneFile
	Like      int         `toml:"like"`
	Passing   bool        `toml:"passing"`
	Stretched []string    `toml:"stretched"`
	Arrows    []arrowFile `toml:"arrows"`
}

// An arrowFile with Of follows a place of the body from the frame before to this
// one; any other stands by a place.
type arrowFile struct {
	Of    string    `toml:"of"`
	Since int       `toml:"since"`
	Aside float64   `toml:"aside"`
	By    string    `toml:"by"`
	From  []float64 `toml:"from"`
	To    []float64 `toml:"to"`
	Bulge float64   `toml:"bulge"`
	Round float64   `toml:"round"`
}

// A poseFile changes a pose.
type poseFile struct {
	Stance        string     `toml:"stance"`
	Mirrored      bool       `toml:"mirrored"`
	Pelvis        []float64  `toml:"pelvis"`
	Lean          *bendFile  `toml:"lean"`
	Roll          *float64   `toml:"roll"`
	Low           *bendFile  `toml:"low"`
	Up            *bendFile  `toml:"up"`
	Neck          *bendFile  `toml:"neck"`
	Nod           *bendFile  `toml:"nod"`
	Slide         *float64   `toml:"slide"`
	Breath        *float64   `toml:"breath"`
	Shoulders     []float64  `toml:"shoulders"`
	LeftShoulder  []float64  `toml:"left_shoulder"`
	RightShoulder []float64  `toml:"right_shoulder"`
	Hands         *reachFile `toml:"hands"`
	LeftHand      *reachFile `toml:"left_hand"`
	RightHand     *reachFile `toml:"right_hand"`
	Feet          *reachFile `toml:"feet"`
	LeftFoot      *reachFile `toml:"left_foot"`
	RightFoot     *reachFile `toml:"right_foot"`
}

type bendFile struct {
	Forward *float64 `toml:"forward"`
	Side    *float64 `toml:"side"`
	Turn    *float64 `toml:"turn"`
}

// A reachFile with At, Grip or Like is a reach of its own; any other changes the
// one that was there.
type reachFile struct {
	Like  string    `toml:"like"`
	At    []float64 `toml:"at"`
	Grip  []float64 `toml:"grip"`
	Of    string    `toml:"of"`
	Joint []float64 `toml:"joint"`
	Point []float64 `toml:"point"`
	Thumb []float64 `toml:"thumb"`
	Lift  *float64  `toml:"lift"`
}

// A thingKind is a thing of things.toml.
type thingKind struct {
	Boxes []boxFile  `toml:"boxes"`
	Rolls []rollFile `toml:"rolls"`
}

type boxFile struct {
	Low    []float64 `toml:"low"`
	High   []float64 `toml:"high"`
	Colour string    `toml:"colour"`
	Lift   float64   `toml:"lift"`
}

type rollFile struct {
	From   []float64 `toml:"from"`
	To     []float64 `toml:"to"`
	Radius float64   `toml:"radius"`
	Colour string    `toml:"colour"`
	Lift   float64   `toml:"lift"`
}
