/** A rectangle in the picture, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const colors = {
  page: '#f2f3f3',
  widget: '#ffffff',
  border: '#d5dbdb',
  grid: '#eaeded',
  ink: '#16191f',
  faint: '#687078',
  alarm: '#d13212',
} as const;

/** CloudWatch's colors of lines, in their order. */
const lineColors = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

export function getLineColor(index: number): string {
  return lineColors[index % lineColors.length] ?? colors.ink;
}

interface TextStyle {
  readonly size?: number;
  readonly color?: string;
  readonly weight?: 'normal' | 'bold';
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function drawText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const { size = 11, color = colors.ink, weight = 'normal', anchor = 'start' } = style;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${color}" font-weight="${weight}" text-anchor="${anchor}">${escapeXml(text)}</text>`;
}

export function drawRectangle({ x, y, width, height }: Box, fill: string, stroke = 'none'): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="2" fill="${fill}" stroke="${stroke}"/>`;
}

export function drawLine(from: [number, number], to: [number, number], color: string, dashes = ''): string {
  const style = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`;
  return `<line x1="${round(from[0])}" y1="${round(from[1])}" x2="${round(to[0])}" y2="${round(to[1])}" stroke="${color}"${style}/>`;
}

/** The approximate width of a text, because an SVG file cannot measure it. */
export function estimateTextWidth(text: string, size = 11): number {
  return text.length * size * 0.56;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
