### Every sentence of Channel Connect, in English. The other languages follow this file, message by message.
### A refusal has two parts: the value says what happened and whose fault it is, `.next` says what to do now.

## The app

app-name = Channel Connect
footer-label = About this app
footer-privacy = Privacy policy
footer-license = License agreement
footer-support = Support
# A switch, off at first: light text on a dark ground
theme-dark = Dark mode

## Connecting a channel

connect-title = Connect an open channel
connect-lead = Bring the chat of a vendor, partner or support team into your Bitrix24. Your colleagues write to it like to anyone else in the messenger.
# $portal is the address of the customer’s Bitrix24, like acme.bitrix24.com
connect-portal = Your Bitrix24: { $portal }
connect-form-title = Add a channel
code-label = Channel code or link
code-hint = A code has 32 characters: digits and the letters a to f. A link that contains the code works just as well.
connect-button = Connect channel
connect-scope = The channel will be connected for your whole Bitrix24, not just for you.
connect-form-other-title = Add another channel
# Stands above the form where the publisher allows connecting to administrators alone
connect-admins-only = In this app, only administrators of your Bitrix24 can connect channels.
offered-title = Channels for you
# Stands on the channel that a link was made for
offered-wanted = The link you followed is for this channel.
offered-connected = Connected
offered-connect-again = Connect again
custom-codes-off-title = No channels are available yet
custom-codes-off = In this app you can connect only channels that its publisher offers, and none is offered at the moment.

## While a code is being typed

# Stands before the 32 characters that were found in what was pasted: “Channel code recognized: 5f2c…”
code-recognized = Channel code recognized:
# While someone types a code by hand. $typed is a number, like 17; it is the same sentence for every number.
code-typed = Characters so far: { $typed } of 32

## While Bitrix24 is working

busy = Connecting the channel…
busy-still = Bitrix24 is still working on it. That is normal and can take up to a minute.
busy-long = Still waiting for Bitrix24. Please leave this page open: you will see the result here.

## Where the code comes from

help-title = Where do I find the code?
help-ask = Ask the company whose channel you want to connect. They will send you a code or link.
help-link = A link usually looks like this. Paste it as it is; the code is the part after “networkLines”.
help-paste = Paste it here and press “{ connect-button }”.
# Read out by screen readers: describes the drawing
help-picture = Drawing: the Bitrix24.Network channel in the Contact Center, with the code and the link of the channel marked.
# The two fields in the drawing, as they are called there
help-picture-code = Code
help-picture-link = Link
help-own-title = Sharing a channel of your own?
help-own = You will find its code and link in your Bitrix24 under Contact Center, in the Bitrix24.Network channel.

## After connecting

connected-title = The channel is connected
connected-text = It is connected for your whole Bitrix24: all of your colleagues can find it in the messenger and write to it.
connected-next = Nobody has been sent a message. The channel’s greeting appears when someone opens the chat for the first time.
# In place of connected-next for a channel that has a welcome
connected-next-welcome = The channel may send you a welcome message. Nobody else has been sent a message.
open-chat = Open chat
# Read out by screen readers in place of “Open chat”; it must contain the same words.
open-chat-label = Open chat with channel { $code }
not-connected-title = The channel was not connected
# The portal did not answer in time
connect-unsure-title = It is not certain that the channel was connected
retry-button = Try again
# A button. It opens the app afresh in the person’s Bitrix24.
reopen-button = Open the app again
# The browser could not send the form at all
page-offline = This page could not reach the app.
    .next = Check your internet connection, then try again. Trying again is safe: a channel cannot be connected twice.

## The list of connected channels

connections-title = Connected channels
# $date is a date and a time, already in the reader’s language: “23 November 2025 at 10:15”.
connected-on = Connected on { $date }
# Read out before “You” or “User 12”, which stand alone beside an icon; a name is not known.
connected-by = Connected by:
connected-by-you = You
# $id is the number of a user of the customer’s Bitrix24
connected-by-user = User { $id }
# Which of all channels are on this page of the list, like “11–20 of 57”
connections-range = { $first }–{ $last } of { $total }
# Buttons that lead to the other pages of the list
connections-newer = Newer
connections-older = Older
# Read out by screen readers
connections-pages = Pages of the list
connections-empty-title = No channels connected yet
connections-empty = The channels you connect will be listed here, each with a link to its chat.
disconnect-title = How do I disconnect a channel?
disconnect-text = An administrator of your Bitrix24 can do this: open the channel’s chat and send the message “/unregister”. Removing this app does not disconnect any channels.

## Installing

install-title = Installing { app-name }
install-lead = { app-name } connects the chats of your vendors, partners and support teams to your Bitrix24. All it takes is the code or link of the channel.
install-verified = Bitrix24 confirms the app
install-prepared = The app gets ready for your Bitrix24
install-finishing = Bitrix24 finishes the installation
install-done = Done. Bitrix24 is opening the app.
install-wait = The app will open by itself in a moment. There is nothing you have to do.
install-stuck-title = Bitrix24 has not answered yet
install-stuck = The installation is prepared, but this page could not tell Bitrix24 that it is done.
    .next = Close this page and open { app-name } again in your Bitrix24. The installation then continues where it stopped.
install-failed-title = The installation could not be finished
install-again = You can also start over by opening { app-name } in your Bitrix24 again.
unbound = The app could not set up the notifications that it needs from your Bitrix24.
    .next = Try again in a few minutes. If it happens again, please contact our support.
step-done = Done
step-running = In progress
step-waiting = Not started
step-failed = Did not work

## Outside Bitrix24

landing-title = Open this app inside Bitrix24
# The same below a form for signing in
landing-title-or = Or open this app inside Bitrix24
# $app is the name of the app
landing-text = { $app } works inside your Bitrix24, so there is nothing to see at this address.
landing-step-sign-in = Sign in to your Bitrix24.
landing-step-open = Open { $app } from the left menu, or find it in the Market among your installed apps.
landing-step-install = Not installed yet? An administrator can install it from the Market.

## Signing in outside Bitrix24

sign-in-title = Connect channels to your Bitrix24
sign-in-lead = Enter the address of your Bitrix24. It will ask you to sign in there; your password stays with Bitrix24.
portal-label = Address of your Bitrix24
portal-hint = For example: acme.bitrix24.com. You can also paste the address of any page in it.
sign-in-button = Continue
sign-in-from-link = A link has brought you here. Continue only if this is the address of your own Bitrix24.
portal-empty = There is no address yet.
    .next = Enter the address of your Bitrix24, then press “{ sign-in-button }”.
portal-unreadable = This does not look like the address of a Bitrix24.
    .next = Open your Bitrix24, copy the address from the browser’s address bar, and paste it here.
portal-incomplete = This is only a part of an address.
    .next = Enter the whole address, like acme.bitrix24.com.
portal-private = This address cannot be reached from the internet, so this app cannot work with it.
    .next = Enter the address at which your Bitrix24 can be reached from outside, or ask your administrator for it.
# Beside the address of the customer’s Bitrix24; leads to entering another one.
sign-in-elsewhere = Not yours?
sign-in-failed-title = You are not signed in
sign-in-again = Sign in again
sign-in-again-next = Sign in with your Bitrix24 once more. Channels you have connected stay connected.
sign-in-state = This sign-in has been used already, or it was not begun in this browser. We did nothing.
    .next = Sign in once more from here; reloading this page does not help. If it comes up every time, let your browser accept cookies from this address.
sign-in-too-late = More than ten minutes have passed since you began to sign in.
    .next = Sign in once more. For your safety, each attempt is valid for ten minutes.
sign-in-another-portal = This sign-in belongs to a different Bitrix24 from the one whose address you entered. We did nothing.
    .next = If your Bitrix24 has a new address, enter that one. If you do not know why you see this page, just close it.
sign-in-code = Bitrix24 no longer accepts this sign-in: it has been used already or took too long.
    .next = Sign in once more.
sign-in-incomplete = This page was opened without what Bitrix24 sends along after signing in.
    .next = Begin by entering the address of your Bitrix24.

## Titles of pages that only say what went wrong

notice-title-open = The app could not be opened
notice-title-install = The app could not be installed
notice-title-connect = { not-connected-title }

## What was pasted is no code (our own check)

code-empty = There is no channel code yet.
    .next = Paste the code or the link you were given, then press “{ connect-button }”.
code-not-hex = This does not look like a channel code: a code has only digits and the letters a to f.
    .next = Copy the code or the link once more, exactly as it was sent to you, and paste it here.
code-wrong-length = This code is too short or too long: a channel code has exactly 32 characters.
    .next = Perhaps too little or too much was copied. Copy the whole code, or the whole link, and paste it again.
code-several = There is more than one channel code in the text you pasted.
    .next = Connect the channels one after the other: paste a single code or link each time.

## Bitrix24 says no to the channel

invalid-code = Bitrix24 did not accept this channel code.
    .next = Ask the company that runs the channel for its current code or link, and paste that.
not-found = Bitrix24 knows no channel with this code.
    .next = Check that the code is complete. If it is, the channel may have been removed: ask the company that runs it for a new code.
inactive = This channel exists, but the company that runs it has switched it off.
    .next = Ask them to switch the channel on, then try again.
refused-bot = Your Bitrix24 could not set up the chat for this channel.
    .next = Try again in a few minutes. If it happens again, Bitrix24 support can find out why.
refused-network = Your Bitrix24 could not get through to Bitrix24.Network, where the channel lives.
    .next = Try again in a few minutes. The code itself may well be right.
refused-answer = Your Bitrix24 could not read the answer it got from Bitrix24.Network.
    .next = Try again in a few minutes. If it happens again, please contact Bitrix24 support.
refused-module = Open channels are not available in your Bitrix24.
    .next = Ask an administrator to switch on open channels in your Bitrix24, then try again.
refused-unknown = Bitrix24 did not connect the channel and gave no reason we could show you.
    .next = Check the code and try again. If it still does not work, please contact our support.
# A channel that the publisher of the app offers, so that nobody has typed its code
offered-gone = Bitrix24 does not know this channel any more.
    .next = The publisher of this app offers this channel and can fix that. Please contact our support.
offered-refused =
    .next = Try again in a few minutes. If it still does not work, please contact our support.
offered-not-admin =
    .next = Ask an administrator to open this app and connect the channel.
refused-not-offered = This code is not one of those that can be connected with this app.
    .next = Ask the company that gave you this app which channels are meant for you.

## Who may

session-expired = This page has been open for a long time, and for your safety it is no longer valid.
    .next = Close the app and open it again in your Bitrix24. Channels you have connected stay connected.
reopen-app = Bitrix24 has ended the access it gave to this app for you.
    .next = Close the app and open it again in your Bitrix24: that renews the access.
forged = We could not confirm that this page was opened by your Bitrix24, so we did nothing.
    .next = Open the app from the menu of your Bitrix24, not through a link from elsewhere.
not-admin = Only administrators of your Bitrix24 may connect channels.
    .next = Send the code to an administrator and ask them to connect the channel here.
missing-scope = This app has not been given permission to use open channels. That is our mistake, not yours.
    .next = Please contact our support and mention the permission “imopenlines”. Trying again will not help until it has been added.
missing-credentials = Your account in Bitrix24 does not have the rights to connect a channel.
    .next = Ask an administrator for the rights to use open channels, or ask them to connect the channel.
access-restricted = Your Bitrix24 does not allow you to use this app.
    .next = Ask an administrator to give you access to it in the settings of the app.
wrong-auth-type = Your Bitrix24 does not accept this kind of access for connecting channels.
    .next = Close the app and open it again in your Bitrix24. If it happens again, please contact our support.
plan-required = The plan of your Bitrix24 does not allow apps to connect to it.
    .next = An administrator can choose a plan that includes apps, or start a trial period, in the Bitrix24 settings.
payment-required = The paid or trial period of this app has ended.
    .next = An administrator can renew the subscription in the Bitrix24 Market.
not-installed = Bitrix24 says that this app is not installed.
    .next = Ask an administrator to install it from the Market, then open it again.
# The same to whoever is installing it just now
not-confirmed = Bitrix24 did not confirm this installation.
    .next = Install the app once more from the Market. If it happens again, please contact our support.

## Not now

rate-limited = Your Bitrix24 is receiving a lot of requests and has asked apps to slow down.
    .next =
        { $seconds ->
            [one] Try again in { $seconds } second.
           *[other] Try again in { $seconds } seconds.
        }
# A limit of this app itself: launches that nobody confirms
too-many-refusals = There have been too many unconfirmed attempts to open this app, from your network or in the name of your Bitrix24.
    .next =
        { $seconds ->
            [one] Try again in { $seconds } second. Channels you have connected stay connected.
           *[other] Try again in { $seconds } seconds. Channels you have connected stay connected.
        }
overloaded = More people are using this app right now than it can serve at once.
    .next = Try again in a few seconds. Nothing has been lost.
operation-limited = Your Bitrix24 limits the processing time of apps, and this app has used up its share for now.
    .next =
        { $minutes ->
            [one] Try again in { $minutes } minute.
           *[other] Try again in { $minutes } minutes.
        }
portal-overloaded = Bitrix24 has stopped all requests from apps to your Bitrix24 because of too much load.
    .next = Trying again does not help. An administrator can ask Bitrix24 support when requests will be allowed again.
portal-closed = Your Bitrix24 is temporarily closed.
    .next = Come back when it is open again. Nothing has been lost.
portal-licence = Your Bitrix24 is not available to apps right now: it answers with a page about its license.
    .next = Ask an administrator to open your Bitrix24 and check its subscription.
portal-failed = Your Bitrix24 ran into an error of its own.
    .next = Try again in a few minutes. If it happens again, please contact Bitrix24 support.
portal-unreachable = We could not reach your Bitrix24.
    .next = Try again in a few minutes. If your Bitrix24 runs on a server of your own, an administrator can check that it is reachable from the internet.
bitrix24-unavailable = The Bitrix24 service that confirms who you are does not answer at the moment.
    .next = Try again in a few minutes. You do not have to install anything again.
storage-unavailable = Our database does not answer at the moment. That is our fault.
    .next = Try again in a few minutes. You did nothing wrong.
timeout = Your Bitrix24 did not answer in time.
    .next = The channel may have been connected all the same. Trying again is safe: it cannot be connected twice.
internal = Something went wrong on our side.
    .next = Try again. If it happens again, please contact our support.
bad-request = We could not make sense of what this page sent us.
    .next = Close the app, open it again in your Bitrix24, and try once more.
too-large = The text you sent is far too long for a channel code.
    .next = Paste only the code or the link, without the message around it.
