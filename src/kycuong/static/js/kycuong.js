/* Keys, panes and progress words. Every act works without this file. */
(() => {
  "use strict";
  const $ = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  /* / search, j k move, Enter open, ? help */
  let current = -1;
  const move = (step) => {
    const rows = all("[data-row]"), turn = $(step > 0 ? "a[rel=next]" : "a[rel=prev]");
    if (turn) { location.href = turn.href; return; }
    if (!rows.length) return;
    if (current >= 0 && rows[current]) rows[current].classList.remove("current");
    current = Math.max(0, Math.min(rows.length - 1, current + step));
    rows[current].classList.add("current");
    const link = $("a", rows[current]);
    if (link) link.focus();
    rows[current].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.menu[open]").forEach((menu) => { menu.open = false; });
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const field = $("#tim");
    if (event.key === "/") {
      event.preventDefault();
      if (field && field.offsetParent) field.focus(); else location.href = "/tim/";
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") location.href = "/huong-dan/";
  });
  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* one sending per form, with words for what is going on */
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!form.dataset.busy || event.defaultPrevented || !button) return;
    setTimeout(() => {
      button.disabled = true;
      button.textContent = form.dataset.busy;
    }, 0);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  /* drop a file on its field */
  all("[data-drop]").forEach((zone) => {
    const input = $("input[type=file]", zone);
    ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  });

  /* text and orders light each other */
  const light = (number, from, behavior = calm) => {
    all(".on").forEach((node) => node.classList.remove("on"));
    const marks = all(`.text [data-order="${number}"]`), card = $(`.order[data-order="${number}"]`);
    marks.forEach((mark) => mark.classList.add("on"));
    if (card) card.classList.add("on");
    const other = from === "text" ? card : marks[0];
    const scroller = other && other.closest(".scroll");
    if (!scroller || scroller.scrollHeight <= scroller.clientHeight) return;
    const top = other.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    scroller.scrollTo({ top: top - 24, behavior });
  };
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".text [data-order], .mark-no");
    if (mark) {
      if (mark.matches(".mark-no") && innerWidth >= 1024) event.preventDefault();
      if (String(getSelection())) return;
      light(mark.dataset.order || mark.hash.slice(3), "text");
      return;
    }
    const card = event.target.closest(".order[data-order]");
    if (!card) return;
    if (event.target.closest("a") && innerWidth >= 1024) event.preventDefault();
    light(card.dataset.order, "orders");
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".order[data-order]");
    if (card && !card.classList.contains("on") && event.target.matches(":focus-visible")) light(card.dataset.order, "orders");
  });

  /* a passage chosen in the text becomes the passage to add */
  const place = (node, offset) => {
    const piece = (node.nodeType === 3 ? node.parentElement : node).closest("[data-start]");
    return piece ? Number(piece.dataset.start) + [...node.textContent.slice(0, offset)].length : null;
  };
  document.addEventListener("mouseup", () => {
    const chosen = getSelection(), form = $("[data-add]"), pane = $("#text");
    if (!form || !pane || chosen.isCollapsed || !pane.contains(chosen.anchorNode) || !pane.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    form.elements.start.value = start;
    form.elements.end.value = end;
    form.elements.phrase.value = String(chosen).trim();
    form.closest("details").open = true;
    form.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("input", (event) => {
    if (event.target.name === "phrase") event.target.form.elements.start.value = event.target.form.elements.end.value = "";
  });

  /* after an order is settled, go on to the next doubtful one */
  let settled = null;
  document.addEventListener("htmx:beforeRequest", (event) => { settled = event.detail.elt.closest(".order"); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!settled || !settled.id) return;
    const here = document.getElementById(settled.id);
    settled = null;
    if (here && $(".invalid-feedback", here)) { $("input:not([type=hidden])", here).focus(); return; }
    const cards = all(".order.doubt");
    const next = cards.find((card) => here && here.compareDocumentPosition(card) & 4) || cards[0];
    const target = next ? $(".btn-primary", next) : $("#bar .btn-primary");
    if (target) target.focus({ preventScroll: true });
    if (next) { light(next.dataset.order, "orders"); next.scrollIntoView({ block: "nearest", behavior: calm }); }
  });

  /* a review opens at its first doubtful point */
  const first = !location.hash && innerWidth >= 1024 && $(".review .orders .order.doubt");
  if (first) {
    const scroller = first.closest(".scroll");
    scroller.scrollTo({ top: first.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12, behavior: "instant" });
    light(first.dataset.order, "orders", "instant");
  }

  /* on a phone the text is folded under its heading; what the address names is opened */
  if (innerWidth < 1024) all("[data-fold]").forEach((fold) => { if (!location.hash.startsWith("#s-")) fold.open = false; });
  const unfold = () => {
    const named = document.getElementById(location.hash.slice(1)), fold = named && named.closest("[data-fold]");
    if (fold) fold.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
