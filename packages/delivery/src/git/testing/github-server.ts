import { hostServer } from './host-server.ts';
import type { Asked, Review, ReviewHostServer, Told } from './host-server.ts';

const project = 'acme/apps';

const shown = ({ number, source, isOpen }: Review): object => ({
  number,
  html_url: `https://github.example/${project}/pull/${number}`,
  head: { ref: source },
  state: isOpen ? 'open' : 'closed',
});

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests: a head that is not OWNER:BRANCH filters nothing. */
function list({ query }: Asked, reviews: readonly Review[]): Told {
  const [head, base, state = 'open'] = [query.get('head'), query.get('base'), query.get('state') ?? undefined];
  const found = reviews.filter(
    ({ source, target, isOpen }) =>
      (state === 'all' || isOpen === (state === 'open')) &&
      (head?.includes(':') !== true || head === `acme:${source}`) &&
      (base === null || base === target),
  );
  return { status: 200, body: found.map(shown) };
}

function invalid(message: string): Told {
  const errors = [{ resource: 'PullRequest', code: 'custom', message }];
  return { status: 422, body: { message: 'Validation Failed', errors } };
}

/** https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request */
function create({ body }: Asked, reviews: Review[], branches: readonly string[]): Told {
  const { title, head, base } = body;
  if (typeof title !== 'string' || title === '') return invalid('title is missing');
  if (typeof head !== 'string' || !branches.includes(head)) return invalid("Head sha can't be blank");
  if (typeof base !== 'string' || !branches.includes(base)) return invalid("Base sha can't be blank");
  if (reviews.some((one) => one.isOpen && one.source === head && one.target === base)) {
    return invalid(`A pull request already exists for acme:${head}.`);
  }
  const review = { number: reviews.length + 1, source: head, target: base, title, isOpen: true };
  reviews.push(review);
  return { status: 201, body: shown(review) };
}

/** https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request */
function update({ path, body }: Asked, reviews: readonly Review[]): Told {
  const review = reviews.find(({ number }) => path.endsWith(`/pulls/${number}`));
  if (review === undefined) return { status: 404, body: { message: 'Not Found' } };
  if (body['state'] !== 'open' && body['state'] !== 'closed') return invalid('state is not one of open, closed');
  review.isOpen = body['state'] === 'open';
  return { status: 200, body: shown(review) };
}

/** As api.github.com answers about acme/apps, which was once called acme/old; `branches` are those that were pushed. */
export async function githubServer(token: string, branches: () => readonly string[]): Promise<ReviewHostServer> {
  const reviews: Review[] = [];
  const host = await hostServer((asked) => {
    const { method, path, headers } = asked;
    // https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent-required
    if ((headers['user-agent'] ?? '') === '') return { status: 403, body: { message: 'Request forbidden' } };
    if ((headers['x-github-api-version'] ?? '2022-11-28') !== '2022-11-28') {
      return { status: 400, body: { message: 'Unsupported API version' } };
    }
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Bad credentials' } };
    if (path.startsWith('/repos/acme/old/')) return { status: 301, body: { message: 'Moved Permanently' } };
    if (path === `/repos/${project}/pulls`) {
      return method === 'POST' ? create(asked, reviews, branches()) : list(asked, reviews);
    }
    return method === 'PATCH' && path.startsWith(`/repos/${project}/pulls/`)
      ? update(asked, reviews)
      : { status: 404, body: { message: 'Not Found' } };
  });
  return { ...host, reviews };
}
