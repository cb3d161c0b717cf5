// Names in the picture: short, and readable above ties and other actors in light and dark.

const LONGEST = 34;

export const shortened = (label) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label);

// Right of the actor, or left of it where the name would leave the picture.
function placed(context, data, settings) {
  const [width, beside] = [context.measureText(data.label).width, data.size + 4];
  const isCut = data.x + beside + width > (context.canvas.clientWidth || Infinity) && data.x - beside - width > 0;
  return [isCut ? data.x - beside - width : data.x + beside, data.y + settings.labelSize / 3];
}

export function drawLabel(looks, context, data, settings) {
  if (data.ring) drawRing(context, data, data.ring);
  if (!data.label) return;
  context.font = `${data.ring ? 600 : 400} ${settings.labelSize}px ${settings.labelFont}`;
  const [x, y] = placed(context, data, settings);
  context.lineJoin = "round";
  context.lineWidth = settings.labelSize / 3;
  context.strokeStyle = looks.plate;
  context.strokeText(data.label, x, y);
  context.fillStyle = looks.ink;
  context.fillText(data.label, x, y);
}

// The actor in focus: its name on a plate of the page's own colour, and a ring around it.
export function drawFocus(looks, context, data, settings) {
  drawRing(context, data, looks.ink);
  if (!data.label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const [x, y] = placed(context, data, settings);
  context.fillStyle = looks.plate;
  context.globalAlpha = 0.92;
  const height = settings.labelSize + 8;
  context.fillRect(x - 4, data.y - height / 2, context.measureText(data.label).width + 8, height);
  context.globalAlpha = 1;
  context.fillStyle = looks.ink;
  context.fillText(data.label, x, y);
}

function drawRing(context, data, colour) {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
  context.stroke();
}
