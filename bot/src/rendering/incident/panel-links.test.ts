import { describe, expect, it } from 'vitest';
import { actionIds } from '../action-ids.ts';
import { linkTo } from '../text/rich-text.ts';
import { actionsOf, lettersOf } from '../testing/harmless.ts';
import { incident } from '../testing/samples.ts';
import { incidentFindings } from './incident-findings.ts';
import { readPanelValue } from './panel-links.ts';

const memory = { title: 'Memory', link: 'https://grafana.example/d/abc?from=1&to=now', isPanel: true };
const overview = { title: 'Overview', link: 'https://grafana.example/d/def?from=1&to=now', isPanel: false };

describe('where causes can be seen', () => {
  it('stands beneath them, with a button for a picture where there is a panel', () => {
    const message = incidentFindings({ ...incident, panels: [overview, memory] });
    expect(JSON.stringify(message.blocks)).toContain(
      '{"type":"link","url":"https://grafana.example/d/def?from=1&to=now","text":"Overview"}',
    );
    expect(JSON.stringify(message.blocks)).toContain(`${incident.id} panel 2`);
    expect(actionsOf(incidentFindings({ ...incident, panels: [overview] }))).not.toContain(actionIds.showPanel);
    expect(lettersOf(incidentFindings(incident))).not.toContain('Grafana');
  });

  it('leads nowhere but to a page of the web', () => {
    for (const address of [
      'javascript:alert(1)',
      'https://a b',
      'https://evil.example|x',
      'file:///etc/passwd',
      '',
      'https://x>y',
      'https://',
    ]) {
      expect(linkTo(address, 'Memory')).toEqual({ type: 'text', text: 'Memory' });
    }
  });

  it('is asked for by an incident and a place, and by nothing else', () => {
    expect(readPanelValue(`${incident.id} panel 2`)).toEqual({ id: incident.id, panel: 2 });
    for (const value of [
      '',
      incident.id,
      `${incident.id} panel`,
      `${incident.id} panel 200`,
      `${incident.id} panel ../1`,
    ]) {
      expect(readPanelValue(value)).toBeUndefined();
    }
  });
});
