// Opens each drawing of the graph where most of its lines meet: one that is larger than its frame may be empty at its corners.
"use strict";
for (const hub of document.querySelectorAll(".graph .hub")) {
  const frame = hub.closest(".graph");
  const [box, view] = [hub.getBoundingClientRect(), frame.getBoundingClientRect()];
  const between = (one, other) => (one - other) / 2;
  frame.scrollBy(between(box.left + box.right, view.left + view.right), between(box.top + box.bottom, view.top + view.bottom));
}
