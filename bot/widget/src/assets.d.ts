/** A style sheet is a text here: it goes into the shadow root as a constructed sheet. */
declare module "*.css" {
  const text: string;
  export default text;
}
