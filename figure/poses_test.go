package figure

import "testing"

// TestBodiesStandWhereTheySay: a joint below the floor, or a hand that does not
// come to the thing it holds, is drawn wrong from one side or the other.
func TestBodiesStandWhereTheySay(t *testing.T) {
	for _, p := range plans() {
		for i, f := range p.frames {
			s := f.pose.solve()
			for name, l := range map[string]limb{"left arm": s.arm[left], "right arm": s.arm[right], "left leg": s.leg[left], "right leg": s.leg[right]} {
				for _, at := range []vec{l.from, l.joint, l.end} {
					if at.Y < 1 {
						t.Errorf("%s, frame %d: the %s goes through the floor to %.0f", p.id, i+1, name, at.Y)
					}
				}
			}
			for name, pair := range map[string]struct {
				r reach
				l limb
			}{"left hand": {f.pose.HandL, s.arm[left]}, "right hand": {f.pose.HandR, s.arm[right]}, "left foot": {f.pose.FootL, s.leg[left]}, "right foot": {f.pose.FootR, s.leg[right]}} {
				if d := pair.r.At.minus(pair.l.end).length(); pair.r.In == ofRoom && d > 2 {
					t.Errorf("%s, frame %d: the %s is %.0f cm short", p.id, i+1, name, d)
				}
				if pair.r.In == ofRoom {
					t.Logf("%s, frame %d: %s from %.0f to %.0f: %.0f", p.id, i+1, name, pair.l.from, pair.l.end, pair.l.end.minus(pair.l.from).length())
				}
			}
		}
	}
}
