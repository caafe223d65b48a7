package figure

import (
	"fmt"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

// albumMost is how many pictures an Album keeps: more than there are of drills,
// maps and routines together, and at most 10 MB.
const albumMost = 200

// An Album keeps the pictures that were asked for last, and draws the others.
// Its zero value is ready, and it may be shared. What it returns must not be
// changed.
type Album struct {
	make    sync.Once
	kept    *lru.Cache[string, []byte]
	drawing singleflight.Group

	read  sync.Once
	poses *Poses
	err   error
}

// shipped returns the poses, which are read when the first is asked for.
func (a *Album) shipped() (*Poses, error) {
	a.read.Do(func() { a.poses, a.err = ShippedPoses() })
	return a.poses, a.err
}

// Draw returns the shipped map, or what the function Draw does, and keeps that.
func (a *Album) Draw(m Map, words Words) ([]byte, error) {
	if data, err := shippedFiles.ReadFile(MapFile(m, words)); err == nil {
		return data, nil
	}
	return a.picture(fmt.Sprintf("map %s %q", m, words), func() ([]byte, error) { return Draw(m, words) })
}

// LoadMap returns what the function LoadMap does, and keeps it.
func (a *Album) LoadMap(loads []Load, words LoadWords) ([]byte, error) {
	return a.picture(fmt.Sprintf("load %v %v", loads, words), func() ([]byte, error) { return LoadMap(loads, words) })
}

// Step returns the picture of one step of a routine: the shipped one, which moves,
// or a still one of a drill that has none.
func (a *Album) Step(id string, mirrored bool) (Picture, error) {
	moving := func() ([]byte, error) { return shippedMoving(id, mirrored) }
	data, err := moving()
	if mirrored {
		data, err = a.picture("moving "+id, moving)
	}
	if err == nil {
		return Picture{id + ".gif", data}, nil
	}
	data, err = a.Drill(id, mirrored)
	return Picture{id + ".png", data}, err
}

// Drill returns what Drill of the shipped poses does, and keeps it.
func (a *Album) Drill(id string, mirrored bool) ([]byte, error) {
	return a.picture(fmt.Sprintf("drill %s %t", id, mirrored), func() ([]byte, error) {
		p, err := a.shipped()
		if err != nil {
			return nil, err
		}
		return p.Drill(id, mirrored)
	})
}

// Strip returns the shipped strip of a class post, or what Strip of the shipped
// poses does, and keeps that.
func (a *Album) Strip(ids []string) ([]byte, error) {
	if data, err := shippedStrip(ids); err == nil {
		return data, nil
	}
	return a.picture("strip "+strings.Join(ids, " "), func() ([]byte, error) {
		p, err := a.shipped()
		if err != nil {
			return nil, err
		}
		return p.Strip(ids)
	})
}

// picture draws what isn't kept: different pictures at the same time, and each
// once for all who ask for it meanwhile. An error is not kept.
func (a *Album) picture(key string, draw func() ([]byte, error)) ([]byte, error) {
	a.make.Do(func() { a.kept, _ = lru.New[string, []byte](albumMost) }) // it refuses only a size below one
	if data, ok := a.kept.Get(key); ok {
		return data, nil
	}
	data, err, _ := a.drawing.Do(key, func() (any, error) {
		if data, ok := a.kept.Get(key); ok { // drawn since
			return data, nil
		}
		data, err := draw()
		if err == nil {
			a.kept.Add(key, data)
		}
		return data, err
	})
	if err != nil {
		return nil, err
	}
	return data.([]byte), nil
}
