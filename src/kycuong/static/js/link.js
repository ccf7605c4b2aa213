/* The secret of a link stands behind its # and so in no log: put it into the field from which it is sent. */
(() => {
  "use strict";
  const field = document.querySelector("[data-from-hash]");
  if (field && !field.value && location.hash.length > 1) field.value = decodeURIComponent(location.hash.slice(1));
})();
