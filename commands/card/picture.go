package card

import (
	"unpinch/bot"
	"unpinch/content"
	"unpinch/figure"
)

// MayDraw reports whether the bot may send files where the answer goes.
func MayDraw(req *bot.Request) bool {
	return req.AppPerms == 0 || req.AppPerms.Has(bot.AttachFiles)
}

// Picture draws a map as a gallery and the file that it shows. Both are nil
// without an album, where there is no such picture, and where the bot may not
// send files: every card says the same without.
func Picture(album *figure.Album, req *bot.Request, p *content.Picture) ([]bot.Part, []bot.File) {
	if album == nil || p == nil || !MayDraw(req) {
		return nil, nil
	}
	data, err := album.Draw(figure.Map(p.ID), MapWords(p))
	if err != nil {
		return nil, nil // words that don't fit their map; TestEveryPictureIsDrawn finds them first
	}
	name := p.ID + ".png"
	return []bot.Part{bot.Gallery{{File: name, Alt: p.Alt}}}, []bot.File{{Name: name, About: p.Alt, Data: data}}
}

// MapWords are the content's words for a map.
func MapWords(p *content.Picture) figure.Words {
	w := figure.Words{Lines: p.Lines}
	copy(w.Views[:], p.Views)
	return w
}
