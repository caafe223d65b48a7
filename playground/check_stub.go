package playground

func checkCommands(scope string, list []any) *refusal { return nil }

func checkCommand(scope string, cmd map[string]any, path string) *refusal { return nil }

func checkCallback(interactionType int, deferred bool, body map[string]any, files []string) *refusal {
	return nil
}

func checkMessage(where string, msg, current map[string]any, files []string) *refusal { return nil }
