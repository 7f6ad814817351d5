// Keeps the page for when there is no network (service-worker.js), and offers another version when the server has one.

const LOOK = 3_600_000;  // milliseconds from one look for another version to the next

/** The other version is there, whole: the reader may go to it now. */
function offer(registration) {
  const { active, waiting: worker } = registration;
  // The first version of all has nothing to take the place of. That it controls the page says nothing: WebKit may tell of a worker
  // that it waits when it has the page already.
  if (!worker || !active || document.getElementById('offer')) return;
  const box = document.createElement('div');
  Object.assign(box, { id: 'offer', className: 'notice' });
  box.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.textContent = 'A newer version of Floodlight is here. It opens where you are now; a file of yours has to be opened again.';
  const ways = document.createElement('div');
  ways.className = 'ways';
  const button = (label, act) => {
    const way = document.createElement('button');
    Object.assign(way, { type: 'button', textContent: label });
    way.addEventListener('click', act);
    ways.append(way);
  };
  button('Use it now', () => {
    // Another tab may have gone to it already.
    if (worker.state === 'activated') location.reload();
    // Only when the new version answers is the page opened anew, and once: a page of one with the parts of the other is none.
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('take over');
  });
  button('Later', () => box.remove());
  box.append(words, ways);
  document.body.append(box);
}

/** Where the browser, its settings or the server's policy allow none, the page goes on without. */
export async function keepForLater() {
  let registration = null;
  try {
    registration = await navigator.serviceWorker.register('./service-worker.js', { updateViaCache: 'none' });
  } catch {
    return;
  }
  if (!registration) return;
  const look = () => registration.update().catch(() => {});  // without a network there is nothing newer
  registration.addEventListener('updatefound', () => {
    const { active, installing } = registration;
    if (!active) return;  // it is the first
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer(registration);
    });
  });
  offer(registration);
  setInterval(look, LOOK);
}
