const docs = 'https://docs.slack.dev/reference';
const blocks = `${docs}/block-kit/blocks`;
const elements = `${docs}/block-kit/block-elements`;
const objects = `${docs}/block-kit/composition-objects`;
/** Machine-readable limits that were tried against Slack (MIT): where the documentation says nothing or less. */
const slackblocks = 'https://github.com/nicklambourne/slackblocks/blob/master/spec/limits.json';

interface Limit {
  readonly value: number;
  /** Where the number is from. */
  readonly source: string;
}

function limit(value: number, source: string): Limit {
  return { value, source };
}

/** Every number of Slack that the rules hold, with where it is from. Lengths are code points. */
export const limits = {
  text: limit(3000, `${objects}/text-object`),
  blockId: limit(255, blocks),
  actionId: limit(255, `${elements}/button-element`),
  actionsElements: limit(25, `${blocks}/actions-block`),
  alertText: limit(200, `${blocks}/alert-block`),
  axisLabel: limit(50, `${blocks}/data-visualization-block`),
  buttonLabel: limit(75, `${elements}/button-element`),
  buttonText: limit(75, `${elements}/button-element`),
  buttonUrl: limit(3000, `${elements}/button-element`),
  buttonValue: limit(2000, `${elements}/button-element`),
  cardActions: limit(3, `${blocks}/card-block`),
  cardBody: limit(200, `${blocks}/card-block`),
  cardTitle: limit(150, `${blocks}/card-block`),
  carouselCards: limit(10, `${blocks}/carousel-block`),
  chartCategories: limit(20, `${blocks}/data-visualization-block`),
  chartLabel: limit(20, `${blocks}/data-visualization-block`),
  chartSegments: limit(12, `${blocks}/data-visualization-block`),
  chartSeries: limit(12, `${blocks}/data-visualization-block`),
  chartTitle: limit(50, `${blocks}/data-visualization-block`),
  chartsInMessage: limit(2, `${blocks}/data-visualization-block`),
  checkboxes: limit(10, `${elements}/checkboxes-element`),
  confirmButton: limit(30, `${objects}/confirmation-dialog-object`),
  confirmText: limit(300, `${objects}/confirmation-dialog-object`),
  confirmTitle: limit(100, `${objects}/confirmation-dialog-object`),
  containerBlocks: limit(10, `${blocks}/container-block`),
  containerTitle: limit(150, `${blocks}/container-block`),
  contextActions: limit(5, `${blocks}/context-actions-block`),
  contextElements: limit(10, `${blocks}/context-block`),
  dataTablePage: limit(100, `${blocks}/data-table-block`),
  /** The documentation speaks of 100 rows beside the header; slackblocks of 201 in all. The smaller holds. */
  dataTableRows: limit(101, `${blocks}/data-table-block`),
  feedbackText: limit(75, `${elements}/feedback-buttons-element`),
  feedbackValue: limit(2000, `${elements}/feedback-buttons-element`),
  fileInput: limit(10, `${elements}/file-input-element`),
  headerLevel: limit(4, `${blocks}/header-block`),
  headerText: limit(150, `${blocks}/header-block`),
  iconButtonPeople: limit(10, slackblocks),
  imageAlt: limit(2000, `${blocks}/image-block`),
  imageTitle: limit(2000, `${blocks}/image-block`),
  imageUrl: limit(3000, `${blocks}/image-block`),
  inputHint: limit(2000, `${blocks}/input-block`),
  inputLabel: limit(2000, `${blocks}/input-block`),
  listIndent: limit(8, slackblocks),
  markdown: limit(12_000, `${blocks}/markdown-block`),
  messageAttachments: limit(100, 'https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments'),
  messageBlocks: limit(50, blocks),
  /** "12,000 text characters with a buffer for block containers": some a little longer were seen to pass, these never fail. */
  messageCharacters: limit(12_000, 'https://github.com/slackapi/bolt-js/issues/2509'),
  messageText: limit(40_000, `${docs}/methods/chat.postMessage`),
  metadataBytes: limit(8000, 'https://docs.slack.dev/messaging/message-metadata'),
  optionDescription: limit(75, `${objects}/option-object`),
  optionText: limit(75, `${objects}/option-object`),
  optionUrl: limit(3000, `${objects}/option-object`),
  optionValue: limit(150, `${objects}/option-object`),
  options: limit(100, `${elements}/select-menu-element`),
  overflow: limit(5, `${elements}/overflow-menu-element`),
  placeholder: limit(150, `${elements}/plain-text-input-element`),
  planTasks: limit(50, slackblocks),
  plainTextInput: limit(3000, `${elements}/plain-text-input-element`),
  radioButtons: limit(10, `${elements}/radio-button-group-element`),
  richTextInputLines: limit(100, slackblocks),
  sectionField: limit(2000, `${blocks}/section-block`),
  sectionFields: limit(10, `${blocks}/section-block`),
  sectionText: limit(3000, `${blocks}/section-block`),
  tableCells: limit(20, `${blocks}/table-block`),
  tableCharacters: limit(10_000, `${blocks}/table-block`),
  tableRows: limit(100, `${blocks}/table-block`),
  tablesInMessage: limit(1, `${blocks}/table-block`),
  videoName: limit(50, `${blocks}/video-block`),
  videoText: limit(200, `${blocks}/video-block`),
  videoUrl: limit(3000, slackblocks),
  viewBlocks: limit(100, `${docs}/views`),
  viewCallbackId: limit(255, `${docs}/views/modal-views`),
  viewMetadata: limit(3000, `${docs}/views/modal-views`),
  viewTitle: limit(24, `${docs}/views/modal-views`),
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

export function most(name: LimitName): number {
  return limits[name].value;
}
