// A thin layer over a page that works without it: it submits forms in place,
// shows new messages as they come, completes commands, and words times in the
// reader's own zone and language.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const who = () => new URLSearchParams({
    as: document.body.dataset.as,
    channel: document.body.dataset.channel,
  });

  // --- Times

  const styles = {
    t: { timeStyle: "short" }, T: { timeStyle: "medium" },
    d: { dateStyle: "short" }, D: { dateStyle: "long" },
    f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
    s: { dateStyle: "medium", timeStyle: "short" }, S: { dateStyle: "medium", timeStyle: "medium" },
  };

  // Relative times stay as the server worded them: they count from the
  // playground's clock, not from this computer's.
  function localTimes(root) {
    for (const el of root.querySelectorAll("time[data-style]")) {
      if (el.dataset.style === "R") continue;
      const words = new Intl.DateTimeFormat(undefined, styles[el.dataset.style] || styles.f);
      el.title = el.textContent;
      el.textContent = words.format(new Date(el.dateTime));
    }
  }

  // The playground's clock runs beside the real one; the page shows it run.
  let shownAt = performance.now();

  function tick() {
    const now = byId("now");
    const at = new Date(Date.parse(now.dateTime) + performance.now() - shownAt);
    now.textContent = new Intl.DateTimeFormat(undefined, styles.F).format(at);
  }

  // --- Taking over what a fresh page says

  async function fetchPage(url, options) {
    const res = await fetch(url, options);
    if (!res.headers.get("Content-Type")?.startsWith("text/html")) {
      throw new Error("The playground did not answer with a page.");
    }
    const fresh = new DOMParser().parseFromString(await res.text(), "text/html");
    localTimes(fresh);
    return { fresh, url: res.url };
  }

  // mergeLog changes only the messages that differ, so that a screen reader
  // hears the new ones alone and the focus stays where it is.
  function mergeLog(fresh) {
    const log = byId("log");
    const next = fresh.getElementById("log");
    let at = log.firstElementChild;
    for (const item of [...next.children]) {
      let mine = byId(item.id);
      if (mine && mine.dataset.version !== item.dataset.version) {
        const focused = mine.contains(document.activeElement);
        const node = document.importNode(item, true);
        if (mine === at) at = at.nextElementSibling;
        mine.replaceWith(node);
        if (focused) node.focus({ preventScroll: true });
        mine = node;
        log.insertBefore(mine, at);
      } else if (mine === at && mine) {
        at = at.nextElementSibling;
      } else {
        log.insertBefore(mine || document.importNode(item, true), at);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextElementSibling;
      gone.remove();
    }
    log.dataset.version = next.dataset.version;
  }

  function replace(fresh, ...ids) {
    for (const id of ids) byId(id).replaceWith(document.importNode(fresh.getElementById(id), true));
  }

  function show({ fresh, url }) {
    document.title = fresh.title;
    mergeLog(fresh);
    replace(fresh, "intro", "clock", "note-text", "modal", "composer");
    shownAt = performance.now();
    history.replaceState(null, "", url);
    Object.assign(document.body.dataset, fresh.body.dataset);
    const target = byId(fresh.body.dataset.focus || "say");
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: target.matches(".message") ? "start" : "nearest" });
    completeCommands();
  }

  // say puts a sentence where a screen reader hears it too.
  function say(words) {
    byId("note-text").textContent = words;
  }

  // --- Forms and links in place

  let busy = false;

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const button = event.submitter;
    const data = new FormData(form, button);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    button?.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => say("Waiting for the answer…"), 300);
    try {
      show(await fetchPage(form.action, { method: "POST", body }));
    } catch {
      say("The playground did not answer. Is it still running?");
    } finally {
      clearTimeout(slow);
      button?.removeAttribute("aria-busy");
      busy = false;
    }
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });

  async function open(url) {
    try {
      show(await fetchPage(url));
    } catch {
      location.href = url;
    }
  }

  // --- New messages

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const visible = () => document.visibilityState === "visible" ? null :
    new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));

  async function follow() {
    for (;;) {
      await visible();
      try {
        const query = who();
        query.set("version", byId("log").dataset.version);
        const res = await fetch("/page/changes?" + query);
        if (!res.ok) {
          await pause(5000);
          continue;
        }
        const { version } = await res.json();
        if (busy || version === byId("log").dataset.version) continue;
        const { fresh } = await fetchPage(location.href);
        if (busy) continue;
        mergeLog(fresh);
        replace(fresh, "intro");
        byId("now").dateTime = fresh.getElementById("now").dateTime;
        shownAt = performance.now();
        tick();
      } catch {
        await pause(5000);
      }
    }
  }

  // --- Completion: a combobox over a listbox, chosen by hand

  let lists = 0;

  // combobox shows what source(text) yields, [{label, note, pick}].
  function combobox(input, source) {
    const list = document.createElement("ul");
    list.id = "list-" + ++lists;
    list.className = "list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    list.hidden = true;
    input.after(list);
    input.removeAttribute("list");
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
    })) input.setAttribute(name, value);

    let items = [];
    let active = -1;
    let asked = 0;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(n) {
      active = n;
      [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === n)));
      list.children[n].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", list.children[n].id);
    }

    function pick(n) {
      const item = items[n];
      close();
      item.pick();
    }

    async function fill() {
      const mine = ++asked;
      const found = await source(input.value);
      if (mine !== asked || document.activeElement !== input) return;
      items = found;
      list.replaceChildren(...items.map((item, i) => {
        const li = document.createElement("li");
        li.id = list.id + "-" + i;
        li.setAttribute("role", "option");
        li.setAttribute("aria-selected", "false");
        const label = document.createElement("strong");
        label.textContent = item.label;
        li.append(label, " ", item.note || "");
        li.addEventListener("mousedown", (event) => event.preventDefault());
        li.addEventListener("click", () => pick(i));
        return li;
      }));
      active = -1;
      list.hidden = items.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    }

    input.addEventListener("input", fill);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const n = items.length;
      if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "ArrowDown" && list.hidden) fill();
      else if (event.key === "ArrowDown") mark((active + 1) % n);
      else if (event.key === "ArrowUp" && !list.hidden) mark((active - 1 + n) % n || 0);
      else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) pick(active);
      else return;
      if (event.key !== "Tab") event.preventDefault();
    });
    return { fill, close };
  }

  function commandSource(input) {
    const commands = [...byId("commands").options];
    return (text) => {
      if (!text.startsWith("/")) return [];
      const wanted = text.trimEnd().toLowerCase();
      return commands.filter((c) => c.value.startsWith(wanted)).map((c) => ({
        label: c.value, note: c.text, pick: () => {
          if (c.dataset.url) open(c.dataset.url);
          else input.value = c.value;
        },
      }));
    };
  }

  // choiceSource asks the bot for choices while an option is typed.
  function choiceSource(input, form) {
    let timer;
    return (text) => new Promise((done) => {
      clearTimeout(timer);
      chosen(form, input.name, null);
      timer = setTimeout(async () => {
        const options = {};
        for (const [name, value] of new FormData(form)) {
          if (name.startsWith("o.") && typeof value === "string" && value) options[name.slice(2)] = value;
        }
        options[input.dataset.option] = text;
        const ask = Object.fromEntries(who());
        ask.name = form.elements.name.value;
        ask.options = options;
        ask.focused = input.dataset.option;
        try {
          const res = await fetch("/autocomplete", {
            method: "POST", body: JSON.stringify(ask), headers: { "Content-Type": "application/json" },
          });
          const { choices } = await res.json();
          done((choices || []).map((c) => ({
            label: c.name, pick: () => {
              input.value = c.name;
              chosen(form, input.name, c.value);
            },
          })));
        } catch {
          done([]);
        }
      }, 120);
    });
  }

  // chosen keeps the value behind a picked name, or forgets it.
  function chosen(form, name, value) {
    const key = "v." + name.slice(2);
    form.querySelector(`input[name="${CSS.escape(key)}"]`)?.remove();
    if (value === null) return;
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = key;
    hidden.value = value;
    form.append(hidden);
  }

  function completeCommands() {
    const input = byId("say");
    if (byId("commands")) combobox(input, commandSource(input));
    for (const option of document.querySelectorAll("input[data-option]")) {
      const { fill } = combobox(option, choiceSource(option, option.form));
      option.addEventListener("focus", fill);
    }
  }

  localTimes(document);
  completeCommands();
  setInterval(tick, 10000);
  follow();
})();
