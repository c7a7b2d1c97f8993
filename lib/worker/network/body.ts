/**
 * The text of a reply, as UTF-8; undefined where it is longer than so many bytes, counted after decompression: what is
 * beyond them is not read, and the connection is let go. A length in the header is not asked: it is that before decompression.
 */
export async function readBody(response: Response, most: number): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > most) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
