import { needed, optional, text } from '../rule.ts';
import { most } from '../limits.ts';
import { plainText } from '../composition/text-objects.ts';
import { block, everywhere } from './block-rule.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/video-block */
export const video = block('video', everywhere, {
  alt_text: needed(text(most('videoText'))),
  title: needed(plainText(most('videoText'))),
  video_url: needed(text(most('videoUrl'))),
  thumbnail_url: needed(text(most('videoUrl'))),
  title_url: optional(text(most('videoUrl'))),
  description: optional(plainText(most('videoText'))),
  author_name: optional(text(most('videoName'))),
  provider_name: optional(text(most('videoName'))),
  provider_icon_url: optional(text(most('videoUrl'))),
});
