import type { Surface } from '../surface.ts';

interface Example {
  readonly surface: Surface;
  readonly blocks: readonly (Readonly<Record<string, unknown>> & { readonly type: string })[];
}

const plain = (text: string): object => ({ type: 'plain_text', text, emoji: true });
const marked = (text: string): object => ({ type: 'mrkdwn', text });
const option = (text: string, value: string): object => ({ text: plain(text), value });
const image = { type: 'image', image_url: 'https://assets.example.com/beagle.png', alt_text: 'cute dog' };
const task = {
  type: 'task_card',
  task_id: 'task_1',
  title: 'Fetching weather data',
  status: 'pending',
  output: {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Found weather data' }] }],
  },
  sources: [{ type: 'url', url: 'https://weather.example.com/', text: 'weather' }],
};
const cells = (...texts: readonly string[]): object[] => texts.map((text) => ({ type: 'raw_text', text }));
const series = (name: string, ...values: readonly number[]): object => ({
  name,
  data: values.map((value, week) => ({ label: `Week ${week + 1}`, value })),
});

function message(...blocks: Example['blocks']): Example {
  return { surface: 'message', blocks };
}

/** Payloads of the shapes that Slack's reference shows for each block and element, in other words. https://docs.slack.dev/reference/block-kit/blocks */
export const documentedBlocks: Readonly<Record<string, Example>> = {
  'actions with a menu and a button': message({
    type: 'actions',
    block_id: 'actions1',
    elements: [
      {
        type: 'static_select',
        placeholder: plain('Which witch?'),
        action_id: 'select_2',
        options: [option('Matilda', 'matilda'), option('Glinda', 'glinda')],
      },
      {
        type: 'button',
        text: plain('Cancel'),
        value: 'cancel',
        action_id: 'button_1',
        style: 'danger',
        confirm: {
          title: plain('Are you sure?'),
          text: marked('Is it *really*?'),
          confirm: plain('Do it'),
          deny: plain('Stop'),
          style: 'danger',
        },
      },
    ],
  }),
  'actions with pickers': message({
    type: 'actions',
    elements: [
      {
        type: 'datepicker',
        action_id: 'datepicker123',
        initial_date: '1990-04-28',
        placeholder: plain('Select a date'),
      },
      { type: 'timepicker', action_id: 'time', initial_time: '11:40', timezone: 'Europe/Vienna' },
      { type: 'datetimepicker', action_id: 'datetime', initial_date_time: 1_628_633_820 },
      {
        type: 'overflow',
        action_id: 'overflow',
        options: [option('One', '1'), { text: plain('Site'), url: 'https://example.com' }],
      },
      {
        type: 'radio_buttons',
        action_id: 'radio',
        options: [{ text: marked('*A*'), value: 'A', description: marked('the first') }],
        initial_option: { text: marked('*A*'), value: 'A', description: marked('the first') },
      },
      { type: 'checkboxes', action_id: 'check', options: [option('A', 'a')], initial_options: [option('A', 'a')] },
      { type: 'users_select', action_id: 'user', initial_user: 'U1' },
      {
        type: 'conversations_select',
        action_id: 'where',
        default_to_current_conversation: true,
        filter: { include: ['public'], exclude_bot_users: true },
        response_url_enabled: true,
      },
      { type: 'multi_channels_select', action_id: 'many', max_selected_items: 3 },
      { type: 'external_select', action_id: 'ext', min_query_length: 3 },
      {
        type: 'workflow_button',
        text: plain('Run'),
        workflow: {
          trigger: {
            url: 'https://slack.com/shortcuts/Ft1/x',
            customizable_input_parameters: [{ name: 'a', value: 'b' }],
          },
        },
      },
    ],
  }),
  alert: {
    surface: 'modal',
    blocks: [{ type: 'alert', level: 'warning', text: plain('Your trial ends in three days.') }],
  },
  'cards in a carousel': message({
    type: 'carousel',
    elements: [
      {
        type: 'card',
        hero_image: image,
        title: marked('Pasta'),
        subtitle: marked('for two'),
        body: marked('Boil it.'),
        actions: [{ type: 'button', text: plain('Cook'), action_id: 'cook' }],
      },
    ],
  }),
  card: message({
    type: 'card',
    slack_icon: { type: 'icon', name: 'rocket' },
    title: marked('Launch'),
    subtext: marked('today'),
  }),
  container: message({
    type: 'container',
    title: plain('Report'),
    subtitle: plain('weekly'),
    width: 'wide',
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', text: marked('inside') }, { type: 'divider' }],
  }),
  context: message({ type: 'context', elements: [image, marked('Location: *Vienna*')] }),
  'context actions': message({
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('Good'), value: 'positive', accessibility_label: 'It was good' },
        negative_button: { text: plain('Bad'), value: 'negative' },
      },
      {
        type: 'icon_button',
        icon: 'trash',
        text: plain('Delete'),
        action_id: 'delete',
        value: 'delete',
        visible_to_user_ids: ['U1'],
      },
    ],
  }),
  'a data table': message({
    type: 'data_table',
    caption: 'Sales by quarter',
    page_size: 5,
    row_header_column_index: 0,
    rows: [cells('Region', 'Q1'), [...cells('North'), { type: 'raw_number', value: 1200, text: '$1,200' }]],
  }),
  'a pie': message({
    type: 'data_visualization',
    title: 'Candy bars',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Nougat', value: 45 },
        { label: 'Wafer', value: 28 },
      ],
    },
  }),
  'a line over weeks': message({
    type: 'data_visualization',
    block_id: 'chart',
    title: 'Paper sales',
    chart: {
      type: 'line',
      series: [series('Website', 32_000, 35_000), series('Shop', 28_000, 31_000)],
      axis_config: { categories: ['Week 1', 'Week 2'], x_label: 'Week', y_label: 'USD' },
    },
  }),
  divider: message({ type: 'divider' }),
  'a remote file': message({ type: 'file', external_id: 'ABCD1', source: 'remote' }),
  header: message({ type: 'header', text: plain('Budget performance') }),
  'a header with its level': message({ type: 'header', text: plain('By month'), level: 2 }),
  'an image with its title': message({
    type: 'image',
    title: plain('Please enjoy this photo'),
    block_id: 'image4',
    image_url: 'https://assets.example.com/cat.jpg',
    alt_text: 'A cat.',
  }),
  'an image that was uploaded': message({ type: 'image', slack_file: { id: 'F0123456' }, alt_text: 'A chart.' }),
  'inputs of every kind': {
    surface: 'modal',
    blocks: [
      {
        type: 'plain_text_input',
        action_id: 'a',
        multiline: true,
        min_length: 1,
        max_length: 3000,
        placeholder: plain('Words'),
        initial_value: 'hello',
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        focus_on_load: true,
      },
      { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '10', initial_value: '5' },
      { type: 'email_text_input', placeholder: plain('you@example.com') },
      { type: 'url_text_input', initial_value: 'https://example.com' },
      { type: 'file_input', filetypes: ['jpg'], max_files: 5 },
      { type: 'rich_text_input', min_lines: 2, max_lines: 4 },
      {
        type: 'multi_static_select',
        option_groups: [{ label: plain('Group'), options: [option('A', 'a')] }],
        max_selected_items: 2,
      },
    ].map((element, index) => ({
      type: 'input',
      block_id: `input${index}`,
      label: plain('Label'),
      hint: plain('Some hint'),
      optional: true,
      element,
    })),
  },
  markdown: message({ type: 'markdown', text: '**Lots of information here!!**\n\n- one\n- two' }),
  'a plan with tasks': message(
    {
      type: 'plan',
      title: 'Thinking completed',
      tasks: [task, { task_id: 'task_2', title: 'Checked permissions', status: 'complete' }],
    },
    task,
  ),
  'rich text of every kind': message({
    type: 'rich_text',
    block_id: 'rich',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Hello ', style: { bold: true, italic: true } },
          { type: 'user', user_id: 'U1' },
          { type: 'channel', channel_id: 'C1' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'broadcast', range: 'here' },
          { type: 'emoji', name: 'basketball', unicode: '1f3c0' },
          { type: 'link', url: 'https://example.com', text: 'there' },
          { type: 'date', timestamp: 1_720_710_212, format: '{date_num} at {time}', fallback: 'then' },
          { type: 'color', value: '#F405B3' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        offset: 3,
        border: 1,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'item' }] }],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: 'quoted' }] },
      { type: 'rich_text_preformatted', border: 0, elements: [{ type: 'text', text: '{\n  "a": 1\n}' }] },
    ],
  }),
  'a section with fields and an accessory': message({
    type: 'section',
    text: marked('A *message*'),
    fields: [marked('*Priority*'), plain('High')],
    accessory: image,
    expand: true,
  }),
  'a table with alignment': message({
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'right' }],
    rows: [
      cells('Name', 'Count'),
      [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://example.com', text: 'A' }] },
          ],
        },
        ...cells('3'),
      ],
    ],
  }),
  video: message({
    type: 'video',
    title: plain('How to use Slack'),
    title_url: 'https://video.example.com/1',
    description: plain('Slack is fun.'),
    video_url: 'https://video.example.com/embed/1',
    alt_text: 'How to',
    thumbnail_url: 'https://video.example.com/1.jpg',
    author_name: 'Ann',
    provider_name: 'Videos',
    provider_icon_url: 'https://video.example.com/i.png',
  }),
};
