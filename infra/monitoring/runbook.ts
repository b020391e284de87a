/** Returns the anchor that GitHub and GitLab generate for a heading: `Something is parked` becomes `something-is-parked`. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * Makes a function that links to a heading of the runbook.
 *
 * @param url where the team reads the runbook; the file in this project if undefined
 */
export function createRunbookLinks(url = 'docs/runbook.md'): (heading: string) => string {
  return (heading) => `${url}#${anchorOf(heading)}`;
}
