// The part of govuk-frontend that pages use; the package ships no types of its own.
declare module "govuk-frontend" {
  interface Component {
    new (element: Element): unknown;
  }
  export function createAll(component: Component, config?: object): void;
  export const Button: Component;
  export const ErrorSummary: Component;
  export const NotificationBanner: Component;
  export const Radios: Component;
  export const Checkboxes: Component;
  export const CharacterCount: Component;
  export const SkipLink: Component;
}
