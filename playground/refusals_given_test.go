package playground

import (
	"fmt"
	"time"
)

// and adds to a situation.
func (s situation) and(words string, more func(l *refusalLab)) situation {
	return situation{s.words + ", " + words, func(l *refusalLab) {
		l.T.Helper()
		s.make(l)
		more(l)
	}}
}

// later has virtual time go on.
func (s situation) later(d time.Duration) situation {
	return s.and(d.String()+" later", func(l *refusalLab) { l.leap(d) })
}

// with has the playground's world changed.
func (s situation) with(change string) situation {
	return s.and("world "+change, func(l *refusalLab) { l.Do("POST", "/world", change) })
}

// where returns a changed world.
func where(change string) situation {
	return situation{"world " + change, func(l *refusalLab) {
		l.T.Helper()
		l.Do("POST", "/world", change)
	}}
}

// newGym returns a guild of olga's and the bot's; its id is $gym.
func newGym() situation {
	return situation{"a guild of olga and the bot alone", func(l *refusalLab) {
		l.T.Helper()
		l.Do("POST", "/world", `{"add_guilds":1}`)
		l.vars["gym"] = l.s.world.guilds[2].id.String()
	}}
}

// A message with a button, as an answer.
const buttonAnswer = `{"type":4,"data":{"content":"Press","components":[{"type":1,"components":[
	{"type":2,"style":1,"label":"Go","custom_id":"go"}]}]}}`

// A modal with one field.
const openModal = `{"type":9,"data":{"custom_id":"m","title":"Move","components":[
	{"type":18,"label":"Which","component":{"type":4,"custom_id":"f","style":1}}]}}`

// pending has a command of mia's waiting for its answer.
func pending() situation {
	return situation{"mia's command waits", func(l *refusalLab) {
		l.T.Helper()
		l.must("PUT", "/applications/$app/commands", `[{"name":"stretch","description":"Stretch"},
			{"name":"find","description":"Find","options":[{"type":3,"name":"what","description":"What","autocomplete":true}]}]`)
		l.interaction("/command", `{"as":"mia","channel":"general","name":"stretch"}`)
	}}
}

// answered has the command answered by a callback.
func answered(callback string) situation {
	return pending().and("is answered "+lineBreaks.ReplaceAllString(callback, ""), func(l *refusalLab) {
		l.must("POST", "/interactions/$interaction/$token/callback", callback)
	})
}

// pressed has a button of an earlier answer pressed and waiting.
func pressed() situation {
	return situation{"a button of an answer is pressed", func(l *refusalLab) {
		l.T.Helper()
		answered(buttonAnswer).make(l)
		message := l.must("GET", "/webhooks/$app/$token/messages/@original", "")
		l.vars["message"] = fmt.Sprint(message["id"])
		l.interaction("/click", `{"as":"mia","message":"$message","custom_id":"go"}`)
	}}
}

// submitted has a modal opened as the answer to what waits, filled in and sent
// off.
func (s situation) submitted() situation {
	return s.and("opens a modal, which is sent off", func(l *refusalLab) {
		l.must("POST", "/interactions/$interaction/$token/callback", openModal)
		l.vars["modal"] = l.vars["interaction"]
		l.interaction("/modal", `{"as":"mia","modal":"$modal","fields":{"f":"neck"}}`)
	})
}

// typing has mia type into an option with autocomplete.
func typing() situation {
	return situation{"mia types into an option with autocomplete", func(l *refusalLab) {
		l.T.Helper()
		pending().make(l)
		l.must("POST", "/interactions/$interaction/$token/callback", `{"type":5}`)
		l.interaction("/autocomplete", `{"as":"mia","channel":"general","name":"find","options":{"what":"ne"},"focused":"what"}`)
	}}
}

// elsewhere has a command answered in a guild without the bot.
func elsewhere() situation {
	return situation{"mia's command is answered in a guild without the bot", func(l *refusalLab) {
		l.T.Helper()
		l.must("PUT", "/applications/$app/commands", `[{"name":"stretch","description":"Stretch","integration_types":[1],"contexts":[0,1,2]}]`)
		l.interaction("/command", `{"as":"mia","channel":"lounge","name":"stretch"}`)
		l.must("POST", "/interactions/$interaction/$token/callback", `{"type":4,"data":{"content":"one"}}`)
	}}
}

// followedUp has a number of follow-ups to an answer.
func (s situation) followedUp(n int) situation {
	return s.and(fmt.Sprintf("%d follow-ups", n), func(l *refusalLab) {
		for range n {
			l.must("POST", "/webhooks/$app/$token", `{"content":"more"}`)
			l.Pass(time.Second) // slower than the limit of the route
		}
	})
}

// posted has a message in general; its id is $message.
func posted(body string) situation {
	return situation{"a message " + body, func(l *refusalLab) {
		l.T.Helper()
		l.vars["message"] = fmt.Sprint(l.must("POST", "/channels/$general/messages", body)["id"])
	}}
}

// dm has a DM open with somebody; its id is $dm.
func dm(name string) situation {
	return situation{"a DM with " + name, func(l *refusalLab) {
		l.T.Helper()
		l.vars["dm"] = fmt.Sprint(l.must("POST", "/users/@me/channels", `{"recipient_id":"$`+name+`"}`)["id"])
	}}
}

// times has a request made that often in no time.
func times(n int, method, path, body string) situation {
	return situation{fmt.Sprintf("%d times %s %s", n, method, path), func(l *refusalLab) {
		l.T.Helper()
		for range n {
			l.must(method, path, body)
		}
	}}
}

// usedUp has the bot make requests until it is told to wait as a whole.
func (s situation) usedUp() situation {
	return s.and("the bot's second is used up", func(l *refusalLab) {
		for range 2 * globalLimit {
			if _, answer := l.send(refusalRow{method: "GET", path: "/channels/$general"}); answer["global"] == true {
				return
			}
		}
		l.T.Fatal("the bot may ask as often as it likes")
	})
}

// said has mia write a plain message.
func said() situation {
	return situation{"mia writes a message", func(l *refusalLab) {
		l.T.Helper()
		l.vars["message"] = fmt.Sprint(l.Do("POST", "/say", `{"as":"mia","channel":"general","text":"hello"}`)["id"])
	}}
}
