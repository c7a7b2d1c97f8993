import { Component, createElement, type ComponentChild, type FunctionComponent } from 'preact';

/** The component, rendered again only when one of its props is another than before. */
export function memo<Props extends object>(Shown: FunctionComponent<Props>) {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const before = this.props;
      const keys = Object.keys(next) as (keyof Props)[];
      return (
        keys.length !== Object.keys(before).length || keys.some((key) => next[key] !== before[key])
      );
    }
    override render(props: Props): ComponentChild {
      return createElement(Shown, props);
    }
  };
}
