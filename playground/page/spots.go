package page

import "fmt"

// A mapView is what can be pressed on a picture, in a box of some size.
type mapView struct {
	Box   string
	Spots []spotView
}

// A spotView is a place on a picture that stands for an option of a select.
type spotView struct {
	X, Y         int
	Value, Label string
}

// addSpots makes what can be pressed on a picture stand for the options of the one
// select beside it.
func (v messageViewer) addSpots(parts []partView) {
	var menu *partView
	var images []*imageView
	var walk func([]partView)
	walk = func(parts []partView) {
		for i := range parts {
			p := &parts[i]
			if p.Kind == "select" && !p.Many && menu == nil {
				menu = p
			}
			for j := range p.Images {
				images = append(images, &p.Images[j])
			}
			walk(p.Parts)
		}
	}
	walk(parts)
	for _, image := range images {
		picture, ok := v.spots[fileName(image.URL)]
		if !ok || menu == nil {
			continue
		}
		image.Map = &mapView{Box: fmt.Sprintf("0 0 %d %d", picture.Width, picture.Height)}
		for _, s := range picture.Spots {
			if s.Option < len(menu.Choices) {
				o := menu.Choices[s.Option]
				image.Map.Spots = append(image.Map.Spots, spotView{s.X, s.Y, o.Value, o.Label})
			}
		}
	}
}
