import { hostServer } from './host-server.ts';
import type { Asked, Review, ReviewHostServer, Told } from './host-server.ts';

const merges = '/projects/acme%2Fapps/merge_requests';

const shown = ({ number, source, isOpen }: Review): object => ({
  iid: number,
  web_url: `https://gitlab.example/acme/apps/-/merge_requests/${number}`,
  source_branch: source,
  state: isOpen ? 'opened' : 'closed',
});

/** https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
function list({ query }: Asked, reviews: readonly Review[]): Told {
  const state = query.get('state') ?? 'all';
  if (!['all', 'opened', 'closed', 'locked', 'merged'].includes(state)) {
    return { status: 400, body: { error: 'state does not have a valid value' } };
  }
  const [from, to] = [query.get('source_branch'), query.get('target_branch')];
  const found = reviews.filter(
    ({ source, target, isOpen }) =>
      (state === 'all' || isOpen === (state === 'opened')) &&
      (from === null || from === source) &&
      (to === null || to === target),
  );
  return { status: 200, body: found.map(shown) };
}

/** https://docs.gitlab.com/api/merge_requests/#create-mr */
function create({ body }: Asked, reviews: Review[], branches: readonly string[]): Told {
  const { title, source_branch: source, target_branch: target } = body;
  if (typeof title !== 'string' || title === '') return { status: 400, body: { error: 'title is missing' } };
  if (title.length > 255) {
    return { status: 400, body: { message: { title: ['is too long (maximum is 255 characters)'] } } };
  }
  if (typeof source !== 'string' || typeof target !== 'string') {
    return { status: 400, body: { error: 'source_branch is missing, target_branch is missing' } };
  }
  const absent = [source, target].find((branch) => !branches.includes(branch));
  if (absent !== undefined) {
    return { status: 400, body: { message: [`Branch "${absent}" does not exist`] } };
  }
  const other = reviews.find((one) => one.isOpen && one.source === source && one.target === target);
  if (other !== undefined) {
    const message = [`Another open merge request already exists for this source branch: !${other.number}`];
    return { status: 409, body: { message } };
  }
  const review = { number: reviews.length + 1, source, target, title, isOpen: true };
  reviews.push(review);
  return { status: 201, body: shown(review) };
}

/** https://docs.gitlab.com/api/merge_requests/#update-mr */
function update({ path, body }: Asked, reviews: readonly Review[]): Told {
  const review = reviews.find(({ number }) => path === `${merges}/${number}`);
  if (review === undefined) return { status: 404, body: { message: '404 Not found' } };
  if (body['state_event'] !== 'close' && body['state_event'] !== 'reopen') {
    return { status: 400, body: { error: 'state_event does not have a valid value' } };
  }
  review.isOpen = body['state_event'] === 'reopen';
  return { status: 200, body: shown(review) };
}

/** As GitLab answers about acme/apps, whose path is one encoded part of the address; `branches` are those that were pushed. */
export async function gitlabServer(token: string, branches: () => readonly string[]): Promise<ReviewHostServer> {
  const reviews: Review[] = [];
  const host = await hostServer((asked) => {
    const { method, path, headers } = asked;
    if (headers['private-token'] !== token) return { status: 401, body: { message: '401 Unauthorized' } };
    if (path === merges) return method === 'POST' ? create(asked, reviews, branches()) : list(asked, reviews);
    return method === 'PUT' && path.startsWith(`${merges}/`)
      ? update(asked, reviews)
      : { status: 404, body: { message: '404 Project Not Found' } };
  });
  return { ...host, reviews };
}
