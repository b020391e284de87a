// Keeps a page up to date while somebody looks at it. The page works without this script: then people load it again.
const main = document.querySelector('main[data-live-ms]');
if (main !== null) startUpdates(main, Number(main.dataset.liveMs));

function startUpdates(main, pauseMs) {
  const status = document.createElement('p');
  status.className = 'live';
  const text = Object.assign(document.createElement('span'), { role: 'status', textContent: 'Live' });
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: 'Pause updates',
  });
  status.append(text, button);
  main.prepend(status);

  let isPaused = false;
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    status.classList.toggle('paused', isPaused);
    text.textContent = isPaused ? 'Paused' : 'Live';
    button.textContent = isPaused ? 'Resume updates' : 'Pause updates';
  });

  const update = async () => {
    if (!isPaused && document.visibilityState === 'visible') {
      try {
        const response = await fetch(location.href, { headers: { accept: 'text/html' } });
        if (response.ok) {
          const changed = replaceRegions(await response.text());
          const time = new Date().toISOString().slice(11, 19);
          if (changed) text.textContent = `Live · updated ${time}`;
        }
        status.classList.remove('offline');
      } catch {
        status.classList.add('offline');
        text.textContent = 'The console does not answer';
      }
    }
    setTimeout(update, pauseMs);
  };
  setTimeout(update, pauseMs);
}

/** The content of each region as the server sent it last. */
const shown = new Map();
for (const region of document.querySelectorAll('[data-live-region]')) shown.set(region.id, region.outerHTML);

/** Replaces the regions that have changed. Open details stay open, and the focus stays where it is. */
function replaceRegions(page) {
  const next = new DOMParser().parseFromString(page, 'text/html');
  let changed = false;
  for (const region of document.querySelectorAll('[data-live-region]')) {
    const replacement = next.getElementById(region.id);
    if (replacement === null || replacement.outerHTML === shown.get(region.id)) continue;
    shown.set(region.id, replacement.outerHTML);
    for (const { id } of region.querySelectorAll('details[open]'))
      replacement.querySelector(`#${id}`)?.setAttribute('open', '');
    for (const item of replacement.querySelectorAll('li[id]'))
      if (document.getElementById(item.id) === null) item.classList.add('new');
    const focused = region.contains(document.activeElement) ? pathTo(region, document.activeElement) : null;
    region.replaceWith(replacement);
    if (focused !== null) follow(replacement, focused)?.focus({ preventScroll: true });
    changed = true;
  }
  return changed;
}

/** The positions of an element and its parents, from the region down. New steps come last, so they stay the same. */
function pathTo(region, element) {
  const path = [];
  for (let at = element; at !== region; at = at.parentElement)
    path.unshift([...at.parentElement.children].indexOf(at));
  return path;
}

const follow = (region, path) => path.reduce((at, index) => at?.children[index], region);
