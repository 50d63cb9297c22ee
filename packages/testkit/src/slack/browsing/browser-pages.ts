import type { IncomingMessage, ServerResponse } from 'node:http';
import { channelPage, homePage } from '../page/channel-page.ts';
import { tag } from '../page/html.ts';
import type { Html } from '../page/html.ts';
import type { Acting } from '../people/acting.ts';
import type { Channel } from '../state/channels.ts';
import { homeKey } from '../state/slack-state.ts';
import type { User } from '../state/workspaces.ts';
import type { World } from '../world.ts';
import { answerAction } from './browser-actions.ts';
import { channelContent, homeView, namesOf, openForm } from './page-content.ts';
import { pageScript } from './page-script.ts';

type Answer = (world: World, request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

function send(response: ServerResponse, type: string, text: string, status = 200): true {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(text);
  return true;
}

function channelName(world: World, channel: Channel, viewer: User): string {
  const other = [...channel.members].find((id) => id !== viewer.id) ?? viewer.id;
  return channel.kind === 'im' ? `@${world.state.users.get(other)?.name ?? other}` : `#${channel.name}`;
}

/** Where a person can go: channels that he is in, and Home tabs. */
function places(world: World, viewer: User): Html {
  const channels = [...world.state.channels.values()].filter(({ members }) => members.has(viewer.id));
  const homes = [...world.state.apps.values()].filter(
    ({ manifest }) => manifest.features.app_home?.home_tab_enabled === true,
  );
  const link = (path: string, name: string): Html =>
    tag('li', {}, tag('a', { href: `/as/${viewer.id}/${path}` }, name));
  return tag(
    'ul',
    {},
    ...channels.map((channel) => link(channel.id, channelName(world, channel, viewer))),
    ...homes.map(({ id, manifest }) => link(id, `${manifest.display_information.name} Home`)),
    tag('li', {}, tag('a', { href: '/' }, 'Somebody else')),
  );
}

function composer(placeholder: string): Html {
  return tag('form', { 'data-say': 'message' }, tag('input', { name: 'text', placeholder, autocomplete: 'off' }));
}

const style =
  '<style>nav ul{list-style:none;padding:0;margin:12px 0}nav a{color:#fff}main,aside,.home{padding-bottom:110px}.standin{position:fixed;bottom:0;left:150px;right:0;background:#fff;border-top:1px solid #ddd;padding:8px 18px}.standin input{width:100%;font:inherit;padding:6px}.standin p{margin:4px 0 0;color:#e01e5a;min-height:1em}.modal{z-index:2}</style>';

/** A page with the ways to other places in it, and a place to write at. */
function page(html: string, ways: Html, placeholder?: string): string {
  const reaction = tag('p', { id: 'reaction', role: 'status' });
  const beneath = tag(
    'footer',
    { class: 'standin' },
    placeholder === undefined ? undefined : composer(placeholder),
    reaction,
  );
  return html
    .replace('</nav>', () => `${ways.html}</nav>`)
    .replace('</body>', () => `${style}${beneath.html}</body><script src="/page.js"></script>`);
}

function index(world: World): string {
  const people = [...world.state.users.values()].filter(({ isBot, isDeleted }) => !isBot && !isDeleted);
  const items = people.map((user) =>
    tag('li', {}, tag('a', { href: `/as/${user.id}` }, `${user.name} of ${user.team.name}`)),
  );
  return plain('Who are you?', tag('ul', {}, ...items));
}

function plain(title: string, ...children: readonly Html[]): string {
  return `<!doctype html>${tag('html', { lang: 'en' }, tag('head', {}, tag('meta', { charset: 'utf-8' }), tag('title', {}, title)), tag('body', {}, tag('h1', {}, title), ...children)).html}`;
}

function shown(world: World, viewer: User, place: string, url: URL): string | undefined {
  const channel = world.state.channels.get(place);
  const thread = url.searchParams.get('thread') ?? '';
  if (channel?.members.has(viewer.id) === true) {
    return page(
      channelPage(channelContent(world, viewer, channel, thread)),
      places(world, viewer),
      thread === '' ? `Message ${channelName(world, channel, viewer)}, or a /command` : 'Reply',
    );
  }
  const app = world.state.apps.get(place);
  if (app === undefined) return undefined;
  const home = homeView(
    world,
    world.state.homes.get(homeKey(app.id, viewer.id)),
    app.manifest.display_information.name,
  );
  return page(
    homePage({ workspace: viewer.team.name, home, ...openForm(world, viewer), names: namesOf(world, viewer) }),
    places(world, viewer),
  );
}

/** `/`: who there is. `/as/USER/CHANNEL` and `/as/USER/APP`: what that person sees, with buttons that work. */
export function browserPages(acting: (world: World, user: User) => Acting): Answer {
  return async (world, request, response, url) => {
    if (url.pathname === '/') return send(response, 'text/html', index(world));
    if (url.pathname === '/page.js') return send(response, 'text/javascript', pageScript);
    const [, room, userId = '', place = '', act] = url.pathname.split('/');
    const viewer = world.state.users.get(userId);
    if (room !== 'as' || viewer === undefined) return false;
    if (act === 'act' && request.method === 'POST') {
      return answerAction(acting(world, viewer), place, url, request, response);
    }
    if (place === '') return send(response, 'text/html', plain(viewer.name, places(world, viewer)));
    const html = shown(world, viewer, place, url);
    return html === undefined ? false : send(response, 'text/html', html);
  };
}
