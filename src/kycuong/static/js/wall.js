// The wall of the meeting: arrows, page keys and space go from slide to slide, F fills the screen. Without it the page scrolls.
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const here = () => slides.reduce((best, slide, n) =>
    Math.abs(slide.getBoundingClientRect().top) < Math.abs(slides[best].getBoundingClientRect().top) ? n : best, 0);
  const go = (n) => {
    const slide = slides[Math.max(0, Math.min(slides.length - 1, n))];
    slide.scrollIntoView();
    slide.focus({ preventScroll: true });
  };
  const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) { event.preventDefault(); go(here() + steps[event.key]); }
    if (event.key === "Home") { event.preventDefault(); go(0); }
    if (event.key === "End") { event.preventDefault(); go(slides.length - 1); }
    if (event.key.toLowerCase() === "f") {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
    }
  });
})();
