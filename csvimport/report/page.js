
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const controls = byId("controls");

  // On paper everything is open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    opened.forEach((details) => { details.open = false; });
  });

  // Excerpts that are wider than the window can be reached and scrolled with the keyboard.
  const reachable = () => all(".excerpt").forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  addEventListener("resize", reachable);
  reachable();

  if (!controls) return;
  const list = byId("groups");
  const search = byId("search");
  const state = byId("state");
  const text = (element) => element.textContent.toLowerCase().replace(/\s+/g, " ");

  // A group, its own words, and the lines of its table with theirs.
  const describe = (element) => {
    const lines = all(".line", element).map((line) => ({ line, words: text(line) }));
    const own = all(":scope > h3, :scope > p, :scope > .excerpt, :scope > .top", element).map(text).join(" ");
    return { element, own, lines, folded: element.querySelector("details") };
  };
  const groups = all(".group", list).map(describe);
  const changes = all(".change").map(describe);
  const boxes = all(".changes");
  const chosen = { severity: new Set(), sort: "severity" };

  const matching = (group, words) => {
    const here = (said) => words.every((word) => said.includes(word));
    if (here(group.own)) {
      group.lines.forEach(({ line }) => { line.hidden = false; });
      return true;
    }
    let any = false;
    group.lines.forEach(({ line, words: said }) => {
      line.hidden = !here(`${group.own} ${said}`);
      any = any || !line.hidden;
    });
    if (any && group.folded) group.folded.open = true;
    return any;
  };

  const keys = {
    severity: (a, b) => a.dataset.order - b.dataset.order,
    code: (a, b) => a.dataset.code.localeCompare(b.dataset.code, undefined, { numeric: true }) || keys.severity(a, b),
    row: (a, b) => (a.dataset.row || Infinity) - (b.dataset.row || Infinity) || keys.severity(a, b),
  };

  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = (severity) => !chosen.severity.size || chosen.severity.has(severity);
    let shown = 0;
    groups.forEach((group) => {
      group.element.hidden = !(wanted(group.element.dataset.severity) && matching(group, words));
      shown += group.element.hidden ? 0 : 1;
    });
    changes.forEach((change) => { change.element.hidden = !matching(change, words); });
    boxes.forEach((box) => {
      const any = box.querySelector(".change:not([hidden])") !== null;
      box.hidden = !any || !wanted("note");
      if (any && words.length) box.open = true;
    });
    state.textContent = state.dataset.shown.replace("{shown}", shown).replace("{count}", groups.length);
    byId("clear").hidden = !words.length && !chosen.severity.size;
    all("button[data-show]", controls).forEach((button) => {
      button.setAttribute("aria-pressed", chosen.severity.has(button.dataset.show));
    });
    all("button[data-sort]", controls).forEach((button) => {
      button.setAttribute("aria-pressed", button.dataset.sort === chosen.sort);
    });
  };

  const sort = (key) => {
    chosen.sort = key;
    groups.map((group) => group.element).sort(keys[key]).forEach((element) => list.append(element));
    all(":scope > .rest", list).forEach((element) => list.append(element));
  };

  // #search=faksi&severity=error,warning&sort=row
  const preset = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!["search", "severity", "sort"].some((key) => given.has(key))) return;
    search.value = given.get("search") || "";
    chosen.severity = new Set((given.get("severity") || "").split(",").filter(Boolean));
    sort(Object.hasOwn(keys, given.get("sort")) ? given.get("sort") : "severity");
  };

  search.addEventListener("input", show);
  controls.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const severity = button.dataset.show;
    if (severity && !chosen.severity.delete(severity)) chosen.severity.add(severity);
    if (button.dataset.sort) sort(button.dataset.sort);
    if (button.id === "clear") {
      search.value = "";
      chosen.severity.clear();
      search.focus();
    }
    show();
  });
  addEventListener("hashchange", () => { preset(); show(); });
  preset();
  show();
  controls.hidden = false;
})();
