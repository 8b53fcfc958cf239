// The observer's clock: what the tablet says, but never backwards.
//
// A tablet may set its clock back while one records (a network's time, a wrong hand). Durations are then right only if
// one goes on with the time as it was: the clock here does so by what the tablet lost, tells it (`lost`, in minutes), and
// lets the observer take up the tablet's own time. A jump forward cannot be told from a tablet that slept, and is believed.

const CLOCK_SLACK = 30000; // ms: less than this is no jump

// kept: what `keep` gave earlier, or null. device: {wall(), steady()} in ms; steady never jumps, but dies with the page.
function openClock(kept, device) {
  let offset = (kept && kept.offset) || 0;
  let last = (kept && kept.last) || 0;
  let seen = null;

  function read() {
    const wall = device.wall();
    const steady = device.steady();
    if (seen) {
      const drift = wall - seen.wall - (steady - seen.steady);
      if (drift < -CLOCK_SLACK) offset -= drift;
    } else if (last && wall + offset < last - CLOCK_SLACK) {
      offset = last - wall; // it was set back while the page was closed: go on where we were
    }
    seen = { wall, steady };
    last = Math.max(last, wall + offset);
    return last;
  }

  return {
    read,
    lost: () => Math.round(offset / 60000),
    // Take up the tablet's own time.
    adopt() {
      offset = 0;
      last = device.wall();
      seen = { wall: last, steady: device.steady() };
    },
    keep: () => ({ offset, last }),
  };
}

// Minutes of a moment from the midnight of a date (YYYY-MM-DD) on the tablet's wall; past midnight they go on counting.
function minuteOf(ms, date) {
  const at = new Date(ms);
  const [year, month, day] = date.split("-").map(Number);
  const midnight = Date.UTC(year, month - 1, day);
  const days = Math.round((Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) - midnight) / 86400000);
  return days * 1440 + at.getHours() * 60 + at.getMinutes();
}
