// A thin layer over a page that works without it: it submits forms in place,
// shows what is new as the server sends it, completes commands, and words times in the
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
    w: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    v: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
    s: { dateStyle: "medium", timeStyle: "short" }, S: { dateStyle: "medium", timeStyle: "medium" },
  };

  // The playground's clock runs beside the real one; the page shows it run.
  let shownAt = performance.now();
  const now = () => Date.parse(byId("now").dateTime) + performance.now() - shownAt;

  function clockTime(el, at) {
    return new Intl.DateTimeFormat(undefined, styles[el.dataset.style] || styles.f).format(at);
  }

  // localTimes words times in the reader's zone. Relative ones stay as the
  // server worded them until the first tick.
  function localTimes(root) {
    for (const el of root.querySelectorAll("time[data-style]")) {
      const at = new Date(el.dateTime);
      if (el.dataset.style === "R") el.title = clockTime(el, at);
      else {
        el.title = el.textContent;
        el.textContent = clockTime(el, at);
      }
    }
  }

  const units = [["year", 31536e6], ["month", 2592e6], ["day", 864e5], ["hour", 36e5], ["minute", 6e4], ["second", 1e3]];
  const distance = new Intl.RelativeTimeFormat(undefined, { numeric: "always" });

  function relative(ms) {
    const [unit, size] = units.find(([, size]) => Math.abs(ms) >= size) || units.at(-1);
    return distance.format(Math.round(ms / size), unit);
  }

  // A tick changes the words in place, which no screen reader reads out.
  function tick() {
    const reword = (el, words) => {
      if (el.textContent !== words) el.firstChild.nodeValue = words;
    };
    const at = now();
    reword(byId("now"), clockTime(byId("now"), new Date(at)));
    for (const el of document.querySelectorAll("time[data-style=R]")) {
      reword(el, relative(Date.parse(el.dateTime) - at));
    }
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
  }

  // newer is the fresh part; what the visitor has opened or closed stays so.
  function newer(fresh, id) {
    const next = fresh.getElementById(id);
    if (next.matches("details")) next.open = byId(id).open;
    return next;
  }

  function replace(fresh, ...ids) {
    for (const id of ids) byId(id).replaceWith(document.importNode(newer(fresh, id), true));
  }

  // freshen replaces what differs, unless the visitor is in there.
  function freshen(fresh, ...ids) {
    for (const id of ids) {
      const mine = byId(id);
      const differs = !mine.isEqualNode(newer(fresh, id));
      if (differs && !mine.contains(document.activeElement)) replace(fresh, id);
    }
  }

  function setClock(fresh) {
    const moved = fresh.getElementById("now").dateTime;
    freshen(fresh, "clock");
    byId("now").dateTime = moved;
    shownAt = performance.now();
    tick();
  }

  // went tells whether the visitor has gone on from where a form was sent: then
  // nothing calls them back, and what they have typed since stays.
  function went(from) {
    const at = document.activeElement;
    return Boolean(from) && at !== from && at !== document.body && at.id !== from.closest(".message")?.id;
  }

  let leaving = false;

  function show({ fresh, url }, from) {
    if (fresh.body.dataset.channel !== document.body.dataset.channel) { // this one is gone
      leaving = true;
      location.assign(url);
      return;
    }
    const back = byId("modal").querySelector("dialog")?.dataset.back;
    document.title = fresh.title;
    mergeLog(fresh);
    const gone = went(from);
    const composer = byId("composer");
    replace(fresh, "note-text", "modal");
    replace(fresh, "door");
    (gone ? freshen : replace)(fresh, "topic", "intro", "places", "world", "clock", "composer");
    setClock(fresh);
    if (document.querySelector("nav:target")) location.replace("#composer"); // a phone's menu covers what is new
    history.replaceState(null, "", url);
    Object.assign(document.body.dataset, fresh.body.dataset);
    const dialog = openDialog();
    const target = byId(fresh.body.dataset.focus) || !dialog && (byId(back) || byId("say"));
    if (target && !gone && !target.contains(document.activeElement)) { // nobody is at work in there yet
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: target.matches(".message") ? "start" : "nearest" });
      showSelect(target);
    }
    if (byId("composer") !== composer) completeCommands();
    follow();
  }

  // showSelect scrolls a message's first select into view, unless that stands so far
  // below the beginning that none of it would be seen.
  function showSelect(message) {
    const select = message.querySelector("select");
    const room = document.querySelector(".scroller").clientHeight;
    if (!select || select.getBoundingClientRect().bottom - message.getBoundingClientRect().top > 1.75 * room) return;
    select.scrollIntoView({ block: "nearest" });
  }

  // openDialog makes the form that a bot opened a modal one.
  function openDialog() {
    const dialog = byId("modal").querySelector("dialog");
    dialog?.close();
    dialog?.showModal();
    dialog?.addEventListener("cancel", (event) => {
      event.preventDefault();
      dialog.querySelector("a[data-swap]").click();
    });
    return dialog;
  }

  // say puts a sentence where a screen reader hears it too.
  function say(words) {
    byId("note-text").textContent = words;
  }

  // --- Forms and links in place

  // Forms are sent one after the other: what is new may show before the answer
  // to the last press is in, and the next press must not be lost.
  let turn = Promise.resolve();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.hasAttribute("aria-busy")) return;
    button?.setAttribute("aria-busy", "true");
    const data = new FormData(form, button);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    const url = form.action;
    const from = document.activeElement;
    turn = turn.then(() => send(url, body, from)).finally(() => button?.removeAttribute("aria-busy"));
  });

  // A select acts on a choice made by pointer or finger. The arrow keys change it at
  // each step, so that there a button or Enter sends it.
  let keyed = false;
  document.addEventListener("pointerdown", () => { keyed = false; }, true);
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.select");
    keyed = true;
    if (!form || !event.target.matches("select") || event.key === "Tab" || event.key === "Shift") return;
    form.classList.add("keyed");
    if (event.key === "Enter" && event.target.value) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button"));
    }
  }, true);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.select");
    if (form && !keyed && event.target.matches("select") && event.target.value) form.requestSubmit(form.querySelector("button"));
  });

  // A number on a picture stands for the option of the select beside it.
  document.addEventListener("click", (event) => {
    const spot = event.target.closest(".spots circle");
    const select = spot?.closest(".message").querySelector("form.select select:enabled");
    if (!select) return;
    select.value = spot.dataset.value;
    select.form.requestSubmit(select.form.querySelector("button"));
  });

  async function send(url, body, from) {
    const slow = setTimeout(() => say("Waiting for the answer…"), 300);
    try {
      show(await fetchPage(url, { method: "POST", body }), from);
    } catch {
      say(lost);
    } finally {
      clearTimeout(slow);
    }
  }

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

  // --- What is new

  const lost = "The playground does not answer. Is it still running?";
  let source;

  // follow listens from the version on the page on.
  function follow() {
    source?.close();
    const query = new URLSearchParams(location.search);
    for (const key of ["as", "channel", "version"]) query.set(key, document.body.dataset[key]);
    source = new EventSource("/page/events?" + query);
    let patience;
    source.onopen = () => {
      clearTimeout(patience);
      patience = undefined;
      if (byId("note-text").textContent === lost) say("");
    };
    source.onerror = () => {
      patience ??= setTimeout(() => say(lost), 3000);
    };
    source.onmessage = (event) => {
      const fresh = new DOMParser().parseFromString(event.data, "text/html");
      const live = fresh.body.firstElementChild.dataset;
      const mine = document.body.dataset;
      if (live.as !== mine.as || live.channel !== mine.channel) { // that channel is gone
        turn.then(() => leaving || location.reload()); // the answer to a press says more
        return;
      }
      mine.version = live.version;
      localTimes(fresh);
      mergeLog(fresh);
      freshen(fresh, "topic", "intro", "places", "world", "offers");
      setClock(fresh);
    };
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
    return (text) => {
      if (!text.startsWith("/")) return [];
      const wanted = text.trimEnd().toLowerCase();
      return [...byId("commands").options].filter((c) => c.value.startsWith(wanted)).map((c) => ({
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

  // A full menu on a phone closes as a dialog does.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#nav") location.hash = "#composer";
  });

  document.documentElement.classList.add("scripted");
  localTimes(document);
  tick();
  openDialog();
  completeCommands();
  setInterval(tick, 1000);
  follow();
})();
