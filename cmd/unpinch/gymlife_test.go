package main

import "encoding/json"

// live is the gym's two weeks: three classes from Monday to Saturday, people who
// come and write a few lines, one class that falls out, and a Monday evening
// before class.
func (g *harbour) live() {
	g.t.Helper()
	g.runs("olga", "classes", "setup", asks{"zone": "Europe/Lisbon", "country": "PT", "channel": "classes", "log": "general", "coach": g.role("iron-garden", "coach"), "name": "Iron Garden"})
	g.opens()
	g.firstWeek()
	g.secondWeek()
}

// opens sets the gym up and puts its classes on the timetable.
func (g *harbour) opens() {
	g.t.Helper()
	g.until(5, "07:40")
	place := g.runs("olga", "timetable", "setup", asks{"zone": "Europe/London", "country": "GB", "channel": "timetable", "log": "training",
		"coach": g.role("harbour-strength", "coach"), "name": "Harbour Strength", "tidy": false})
	g.press("olga", place.ID, "Turn Fact or gym myth on")
	form := g.form(asks{"as": "carl", "channel": "timetable", "name": "class add"})
	read := g.one("/modal", asks{"as": "carl", "modal": form.ID, "fields": asks{"before": "10", "cool_down": "yes",
		"lines": "mon wed fri 18:00 60min Strength\ntue thu 07:00 45min Sunrise mobility\nsat 10:00 90min Open gym"}})
	g.press("carl", read.ID, "Save these 3")
	g.until(5, "08:05")
	g.says("olga", "Morning all. Unpinch lives here now: a warm-up ten minutes before each class and a cool-down at its end, in <#"+g.id("channels", "timetable")+">.")
	g.until(5, "08:06")
	g.runs("carl", "training", "help", asks{"share": true})
	g.until(5, "12:31")
	g.says("carl", "Strength tonight is squats and rows. Come ten minutes early for the warm-up, it is short.")
	g.until(5, "12:40")
	g.says("mia", "I'll be there. Bringing Noah.")
}

func (g *harbour) firstWeek() {
	g.t.Helper()
	g.until(5, "17:53")
	g.done("warm up", "mia", "noah", "carl")
	g.until(5, "17:54")
	ask := g.press("mia", g.newest("warm up").ID, "Notify me")
	agree := g.press("mia", ask.ID, "This class")
	g.press("mia", agree.ID, "I agree, and I am 16 or older, or my parent agrees")
	g.until(5, "19:06")
	g.done("cool down", "mia", "noah")
	g.until(5, "19:20")
	g.says("noah", "First cool-down I ever finished. The pictures help.")
	g.until(6, "06:55")
	g.done("warm up", "olga", "mia")
	g.until(7, "17:56")
	g.done("warm up", "noah", "mia")
	g.until(7, "19:10")
	g.done("cool down", "carl", "noah", "mia")
	g.until(7, "20:15")
	g.says("carl", "Sunrise class tomorrow is not sure yet, the boiler man comes at six. I'll cancel on the post if it falls out.")
	g.until(8, "06:53")
	off := g.starting("carl", g.class("Sunrise mobility"), "Cancel today 07:00")
	g.starting("carl", off, "Yes, cancel")
	g.until(8, "06:57")
	g.says("carl", "Boiler it is. No hall this morning, sorry. Next Tuesday as usual.")
	g.until(9, "17:58")
	g.done("warm up", "mia")
	g.until(10, "11:40")
	g.done("cool down", "olga", "carl", "noah", "mia")
	g.until(10, "12:05")
	g.says("olga", "Full hall at open gym. Thank you for putting the bars away.")
}

func (g *harbour) secondWeek() {
	g.t.Helper()
	g.until(12, "12:10")
	g.workout("Strength", "Strength\nBack squat 5x5 @ 80%\n\n3 rounds for time\n12 push press 40/30 kg\n10 pull-ups\n400 m run")
	g.until(12, "17:52")
	g.done("warm up", "noah", "mia")
	g.until(12, "19:04")
	g.done("cool down", "mia", "noah", "carl")
	g.until(13, "07:50")
	g.done("cool down", "olga")
	g.until(14, "17:55")
	g.done("warm up", "noah", "mia", "carl")
	g.until(14, "20:02")
	g.says("mia", "Does anyone else get the reminder as a message? I pressed Notify me and it comes before each class.")
	g.until(14, "20:09")
	g.says("noah", "Mine are closed, so I look at the timetable. Works too.")
	g.until(15, "07:49")
	g.done("cool down", "olga", "mia")
	g.until(16, "19:09")
	g.done("cool down", "noah", "carl")
	g.until(17, "09:55")
	g.done("warm up", "olga", "noah", "mia")
	g.until(17, "11:45")
	g.done("cool down", "mia", "olga")
	g.until(18, "18:30")
	g.says("olga", "The clocks go back next Sunday. Classes stay where they are on the wall, the bot knows.")
	g.until(19, "12:15")
	g.workout("Strength", "Strength\nDeadlift 5x3 @ 85%\nOverhead press 4x6\n\nEvery 2 min for 10 min\n8 dumbbell rows each side\n12 push-ups")
	g.until(19, "12:20")
	g.says("carl", "Tonight's workout is on the warm-up post. Press *Make it easier* there if you want less of something.")
	g.until(19, "17:40")
}

// role returns the id of a server's role: two servers have one called coach.
func (g *harbour) role(guild, name string) string {
	g.t.Helper()
	var state struct {
		Roles []struct {
			demoEntity
			Guild string `json:"guild_id"`
		}
	}
	if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
		g.t.Fatal(err)
	}
	at := g.id("guilds", guild)
	for _, r := range state.Roles {
		if r.Guild == at && r.Name == name {
			return r.ID
		}
	}
	g.t.Fatalf("%s has no role %s", guild, name)
	return ""
}
