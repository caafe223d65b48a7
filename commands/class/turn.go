package class

import (
	"context"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// changing shows a class after a change of it.
type changing struct {
	classes classes
	face    face
	kick    func()
}

// done shows a class after a change, with a note on it; err is what became of
// the change.
func (c changing) done(ctx context.Context, req *bot.Request, id int64, err error, note string) (bot.Reply, error) {
	if err != nil {
		return bot.Reply{}, inWords("change the class", err)
	}
	c.kick()
	s, err := c.classes.saved(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return c.face.card(req, s, place.Signed(req, note))
}

// show shows a class, or the one that was picked.
func (c changing) show(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	if len(req.Values) > 0 {
		var err error
		if id, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	s, err := c.classes.saved(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return c.face.card(req, s, "")
}

// An act does what a button says to a class that the reader may change.
type act func(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error)

func actsOf(w whole, s starts, e edits, o workouts, v events) map[button.Act]act {
	return map[button.Act]act{
		button.ActNow:    w.postNow,
		button.ActResume: w.resume,
		button.ActMend:   w.mend,
		button.ActAsk:    w.askRemove,
		button.ActRemove: w.remove,
		button.ActOwner:  w.askTakeOver,
		button.ActTake:   w.takeOver,
		button.ActSkip:   s.skip,
		button.ActUnskip: s.takeBack,
		button.ActOff:    s.askCancel,
		button.ActCancel: s.cancel,
		button.ActShift:  s.askMove,
		button.ActStarts: s.others,
		button.ActLater:  s.pick,
		button.ActUnmove: s.moveBack,
		button.ActWarmUp: e.warmUp,
		button.ActEvent:  v.turn,

		button.ActWorkout:     o.show,
		button.ActWorkoutSave: o.save,
		button.ActWorkoutDrop: o.drop,
	}
}

// A turner shows the card that a button leads to, after doing what it says.
type turner struct {
	week     week
	list     list
	history  history
	saver    saver
	changing changing
	file     func(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error)
	acts     map[button.Act]act
}

func (t turner) turn(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActList:
		return t.list.show(ctx, req, s.ID, int(s.N))
	case button.ActWeek:
		return t.week.show(ctx, req, s.ID, s.N)
	case button.ActHistory:
		return t.history.show(ctx, req, s.ID, int(s.N))
	case button.ActSave:
		return t.saver.save(ctx, req, s)
	case button.ActShow:
		return t.changing.show(ctx, req, s.ID)
	case button.ActApply, button.ActLeave:
		return t.file(ctx, req, s)
	}
	series, err := t.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if do, ok := t.acts[s.Act]; ok {
		return do(ctx, req, series, s.N)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// forms open and take over the forms on a class's card and on a draft's.
type forms struct {
	whole  whole
	starts starts
	edit   editForm

	workouts workouts
}

func (f forms) open(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActPause:
		return f.whole.pauseForm(ctx, req, s)
	case button.ActMove:
		return f.starts.moveForm(ctx, req, s)
	case button.ActWorkout:
		return f.workouts.form(ctx, req, s)
	}
	return f.edit.open(ctx, req, s)
}

func (f forms) sent(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActPause:
		return f.whole.pause(ctx, req, s.ID)
	case button.ActMove:
		return f.starts.move(ctx, req, s)
	case button.ActWorkout:
		return f.workouts.sent(ctx, req, s)
	}
	return f.edit.sent(ctx, req, s)
}
