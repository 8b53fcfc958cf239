// What this browser keeps of live recording besides the outbox.

// What this browser remembers of a day besides the outbox: whom it follows, where buttons lie, its clock, taps to undo.
function openMemory(place) {
  const key = `carveout.live.${place}`;
  const memory = { who: [], places: [], clock: null, undo: [], paused: null };
  // Read what is kept: at the beginning, and when another tab of this browser has written.
  memory.read = () => {
    try {
      Object.assign(memory, JSON.parse(localStorage.getItem(key)) || {});
    } catch (error) {
      // nothing kept, or not by us
    }
  };
  memory.read();
  memory.heard = (event) => event.key === key && memory.read();
  memory.keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(memory));
    } catch (error) {
      // the outbox says that nothing can be kept here
    }
  };
  return memory;
}

// Days whose taps or rows still wait in this browser, for their pages to send them: [{page, day, n}]. What somebody else
// has left here is only counted ({n, others: true}): it goes out when they are signed in, and is nobody else's to see.
function waitingElsewhere(place) {
  const [store, , hand] = place.split(".");
  const counts = new Map();
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const waits = /^carveout\.outbox\.([^/]+)\//.exec(localStorage.key(i));
      if (waits && waits[1] !== place && waits[1].startsWith(`${store}.`)) {
        counts.set(waits[1], (counts.get(waits[1]) || 0) + 1);
      }
    }
  } catch (error) {
    return [];
  }
  const found = [];
  let others = 0;
  for (const [name, n] of counts) {
    const [, day, whose, live] = name.split(".");
    if (whose === hand) found.push({ page: live ? "live" : "record", day, n });
    else others += n;
  }
  return others ? [...found, { n: others, others: true }] : found;
}
