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

// Days whose taps or rows still wait in this browser, for their pages to send them: [{page, day, n}].
function waitingElsewhere(place) {
  const store = place.split(".")[0];
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
  return [...counts].map(([name, n]) => {
    const [, day, live] = name.split(".");
    return { page: live ? "live" : "record", day, n };
  });
}
