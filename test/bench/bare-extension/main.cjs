// An extension that does nothing: what it takes to activate it, any extension takes in this editor on this machine.

exports.activate = () => {};
