/** Makes buttons, menus and forms of a page work, and keeps it current while nobody is typing. */
export const pageScript = `
const act = async (action) => {
  const answer = await (await fetch(location.pathname + '/act' + location.search, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(action) })).json();
  document.body.dataset.reaction = JSON.stringify(answer);
  await refresh(true);
  const said = answer.problem || Object.values(answer.errors || {}).join(' ');
  document.getElementById('reaction').textContent = said;
};
const where = (element) => ({ actionId: element.dataset.actionId, blockId: element.dataset.blockId, ts: element.dataset.messageTs, view: element.dataset.viewId });
const isField = (element) => element.closest('dialog') !== null && element.tagName !== 'BUTTON';
const valueOf = (element) => {
  if (element.tagName !== 'FIELDSET') return element.value;
  const chosen = [...element.querySelectorAll('input:checked')].map((one) => one.value);
  return element.dataset.type === 'checkboxes' ? chosen : chosen[0] || '';
};
const refresh = async (isForced) => {
  const html = await (await fetch(location.href)).text();
  const next = new DOMParser().parseFromString(html, 'text/html').body;
  const isTyping = document.querySelector('dialog') !== null || document.activeElement?.matches('input, textarea, select');
  if (!isForced && isTyping) return;
  if (next.innerHTML !== document.body.dataset.shown) { document.body.innerHTML = next.innerHTML; document.body.dataset.shown = next.innerHTML; }
};
document.addEventListener('click', (event) => {
  const close = event.target.closest('[data-close]');
  if (close) return void act({ kind: 'close' });
  const button = event.target.closest('button[data-action-id]');
  if (button) return void act({ kind: 'click', ...where(button) });
  const replies = event.target.closest('a.replies');
  if (replies) { event.preventDefault(); location.search = '?thread=' + replies.hash.slice('#thread-'.length); }
});
document.addEventListener('change', (event) => {
  const element = event.target.closest('[data-action-id]');
  if (element && !isField(element)) void act({ kind: 'click', ...where(element), given: valueOf(element) });
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (event.target.matches('[data-say]')) return void act({ kind: 'say', text: event.target.elements.text.value });
  const fields = [...event.target.querySelectorAll('[data-action-id]')].filter((element) => element.tagName !== 'BUTTON');
  const values = Object.fromEntries(fields.map((element) => [element.dataset.blockId || element.dataset.actionId, valueOf(element)]).filter(([, value]) => value.length > 0));
  void act({ kind: 'submit', values });
});
setInterval(() => void refresh(false), 1000);
`;
