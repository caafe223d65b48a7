package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// Memory keeps the program's own small facts over a restart.
type Memory interface {
	Setting(ctx context.Context, name string) (string, error)
	SetSetting(ctx context.Context, name, value string) error
}

// devGuildSetting names the setting with the server that has the development
// commands.
const devGuildSetting = "command_guild"

// syncCommands makes Discord's list equal to ours and writes nothing when it
// is. With a guild the commands go to that server only, at once, and the
// global ones stay as they are; when the guild goes from the configuration its
// commands are taken away again. It returns the ids that Discord gave them, by name.
func syncCommands(ctx context.Context, rest *client, memory Memory, app, guild string, want []wireCommand) (ids map[string]string, wrote bool, err error) {
	before, err := memory.Setting(ctx, devGuildSetting)
	if err != nil {
		return nil, false, fmt.Errorf("synchronise commands: %w", err)
	}
	if before != "" && before != guild {
		if err := rest.do(ctx, http.MethodPut, commandsPath(app, before), []wireCommand{}, nil, nil); err != nil && !gone(err) {
			return nil, false, fmt.Errorf("take the development commands away from server %s: %w", before, err)
		}
		wrote = true
	}
	if before != guild { // noted first: after a crash in between one clean-up is too many, not too few
		if err := memory.SetSetting(ctx, devGuildSetting, guild); err != nil {
			return nil, wrote, fmt.Errorf("synchronise commands: %w", err)
		}
	}
	path := commandsPath(app, guild)
	var have []wireCommand
	if err := rest.do(ctx, http.MethodGet, path+"?with_localizations=true", nil, nil, &have); err != nil {
		if guild != "" && gone(err) {
			return nil, wrote, fmt.Errorf("the bot is not in server %s, or may not register commands there; check [discord] guild_id: %w", guild, err)
		}
		return nil, wrote, fmt.Errorf("read the registered commands: %w", err)
	}
	if sameCommands(have, want, guild != "") {
		return idsOf(have), wrote, nil
	}
	if err := rest.do(ctx, http.MethodPut, path, want, nil, &have); err != nil {
		return nil, wrote, fmt.Errorf("register the commands: %w", err)
	}
	return idsOf(have), true, nil
}

func idsOf(list []wireCommand) map[string]string {
	ids := make(map[string]string, len(list))
	for _, c := range list {
		ids[c.Name] = c.ID
	}
	return ids
}

// gone reports whether Discord answered that the thing isn't there any more,
// or isn't ours to see. A page of a proxy, which has no code, says neither.
func gone(err error) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && e.Code != 0 && (e.Status == http.StatusNotFound || e.Status == http.StatusForbidden)
}

func commandsPath(app, guild string) string {
	if guild == "" {
		return "/applications/" + app + "/commands"
	}
	return "/applications/" + app + "/guilds/" + guild + "/commands"
}

// sameCommands compares the lists without regard to their order.
func sameCommands(a, b []wireCommand, guild bool) bool {
	return reflect.DeepEqual(canonicalList(a, guild), canonicalList(b, guild))
}

func canonicalList(list []wireCommand, guild bool) []wireCommand {
	out := make([]wireCommand, 0, len(list))
	for _, c := range list {
		out = append(out, c.canonical(guild))
	}
	slices.SortFunc(out, func(x, y wireCommand) int { return strings.Compare(x.Name, y.Name) })
	return out
}
