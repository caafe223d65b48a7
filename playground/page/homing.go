package page

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// placeShape is an address of a channel or a message on Discord, where none of the
// playground's are.
var placeShape = regexp.MustCompile(`^https://discord\.com/channels/(?:\d+|@me)/(\d+)(?:/(\d+))?$`)

// home returns where the page shows what an address on Discord means, "" if its reader
// sees no such channel. It returns false for any other address.
func (n nameBook) home(to string) (string, bool) {
	m := placeShape.FindStringSubmatch(to)
	if m == nil {
		return "", false
	}
	at := n.places[m[1]]
	if at != "" && m[2] != "" {
		at += "#m-" + m[2]
	}
	return at, true
}

// ownAttribute holds where the page shows what a link leads to.
const ownAttribute = "own"

// homing has links to the playground's channels and messages lead to the page.
type homing struct{}

func (homing) Transform(doc *ast.Document, reader gmtext.Reader, pc parser.Context) {
	names, _ := pc.Get(namesKey).(nameBook)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it returns no error
		to := ""
		switch n := n.(type) {
		case *ast.Link:
			to = string(n.Destination)
		case *ast.AutoLink:
			to = string(n.URL(reader.Source()))
		}
		if own, home := names.home(to); entering && home {
			n.SetAttributeString(ownAttribute, own)
		}
		return ast.WalkContinue, nil
	})
}

// ownPlace returns what homing found of a link.
func ownPlace(n ast.Node) (string, bool) {
	v, _ := n.AttributeString(ownAttribute)
	own, home := v.(string)
	return own, home
}
