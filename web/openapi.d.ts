// Made by `npm run openapi` from docs/openapi.json. Do not edit.

export interface paths {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who changed what, newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The media servers that are connected */
        get: operations["listClients"];
        put?: never;
        /** Connects a media server, after asking it who it is */
        post: operations["addClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One media server */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /** Forgets a media server; what it alone had is retired, what was watched there stays */
        delete: operations["removeClient"];
        options?: never;
        head?: never;
        /** Changes name, address, credentials or time zone; another address and other credentials are tried first */
        patch: operations["changeClient"];
        trace?: never;
    };
    "/api/v1/clients/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people that a media server knows, and with whom here each is linked */
        get: operations["listRemoteAccounts"];
        put?: never;
        /** Links one of them with someone here: that account is a device of theirs from then on */
        post: operations["linkAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/accounts/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends the link; what was watched there stays with its person */
        delete: operations["unlinkAccount"];
        options?: never;
        head?: never;
        /** Changes which way an account’s activity goes, or its PIN or password */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/api/v1/clients/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a media server sent in the last 30 days and what came of it, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/deliveries/{delivery}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery, with all that was kept of its body */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/deliveries/{delivery}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads a delivery again */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes that were too many to believe, and wait for someone to approve or reject them */
        get: operations["listHeld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/held/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does what is held, and nothing else */
        post: operations["approveHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/held/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does not believe it: what they do not show any more is written to them again by the next run */
        post: operations["rejectHeld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a run that only reads; its run tells how it goes on */
        post: operations["importClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Libraries of a media server, and which of ours each stands for */
        get: operations["listClientLibraries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/libraries/{remoteId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Chooses which of ours a library of a media server stands for, or leaves it out */
        put: operations["chooseClientLibrary"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries of a media server that a person has to decide on, or has, with what they may be */
        get: operations["listMatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/matches/{copyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says what an entry is, for good */
        put: operations["decideMatch"];
        post?: never;
        /** Takes a decision back */
        delete: operations["undoMatch"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/matches/{copyId}/candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items that an entry may be, found by title, best first */
        get: operations["listMatchCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/replace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts another server in its place, or shows what that would do */
        post: operations["replaceClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of a media server, newest first */
        get: operations["listClientRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/runs/{run}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run decided on each entry, and why; what stayed as it was is only counted */
        get: operations["listRunDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts a run that reads and writes; with preview it changes nothing and tells all that it would */
        post: operations["syncClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clients/{id}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a media server is to send to */
        get: operations["getWebhook"];
        put?: never;
        /** Makes a new address to send to; the former one ends */
        post: operations["makeWebhook"];
        /** Takes the address to send to away */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collections/{id}/items/{itemId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a movie into a collection, or move it there */
        put: operations["putCollectionItem"];
        post?: never;
        /** Take a movie out of a collection */
        delete: operations["removeCollectionItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes for you, as it happens, as server-sent events */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/external-ids/{kind}/{provider}/{value}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The item that an id of imdb, tmdb, tvdb, musicbrainz … names */
        get: operations["getItemByExternalId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items of one kind, filtered and sorted */
        get: operations["listItems"];
        put?: never;
        /** Make an item */
        post: operations["createItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One item */
        get: operations["getItem"];
        put?: never;
        post?: never;
        /** Retire an item with all below it; nobody’s history is lost, and it can be restored */
        delete: operations["retireItem"];
        options?: never;
        head?: never;
        /** Change an item, or move it to another library */
        patch: operations["updateItem"];
        trace?: never;
    };
    "/api/v1/items/{id}/children": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What hangs from an item, in order: seasons, episodes, albums, tracks, a collection’s movies, a library’s items */
        get: operations["listChildren"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you chose of an item, or of its series: dropped, hidden, snoozed, and where specials stand */
        get: operations["getChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that you have of an item in one record: plays, position, rating, favourite, watchlist */
        get: operations["getUserMediaItemData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/disliked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that you dislike an item; it is no favourite then */
        put: operations["setDisliked"];
        post?: never;
        /** Take back that you dislike an item */
        delete: operations["unsetDisliked"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/dropped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take a series or a collection, or a movie, a track or a stream, out of continue watching and next up until you play or mark it again */
        put: operations["dropItem"];
        post?: never;
        /** Have it back in continue watching and next up */
        delete: operations["undropItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an item stands as it does: who said what, which rule decided, and what media servers were told */
        get: operations["explainItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/external-ids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an item’s external ids */
        put: operations["setExternalIds"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/favourite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make an item of any kind a favourite; it is not disliked then */
        put: operations["setFavourite"];
        post?: never;
        /** Take an item from your favourites */
        delete: operations["unsetFavourite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/genres": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an item’s genres */
        put: operations["setGenres"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/hidden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take one episode, movie, track or stream out of continue watching until you play it again */
        put: operations["hideItem"];
        post?: never;
        /** Have it back in continue watching */
        delete: operations["unhideItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the addresses of an item’s images */
        put: operations["setImages"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/opinion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you think of an item: favourite, disliked, on the watchlist, rating and review */
        get: operations["getOpinion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who made an item and who plays in it */
        get: operations["listPeople"];
        /** Set who made an item and who plays in it */
        put: operations["setPeople"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell where a player is in a movie, an episode, a track or a stream */
        put: operations["reportProgress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rate an item of any kind, review it, or both */
        put: operations["setRating"];
        post?: never;
        /** Take back your rating of an item and its review */
        delete: operations["clearRating"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a retired item back, with what was retired together with it */
        post: operations["restoreItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/snoozed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take it out of continue watching and next up until a date, or a series until a new episode comes */
        put: operations["snoozeItem"];
        post?: never;
        /** Have it back at once */
        delete: operations["unsnoozeItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/specials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say where the specials of a series stand in next up */
        put: operations["setSpecials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/start-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Watch a series again from its first episode; nothing is unwatched. Of a movie the position is dropped */
        post: operations["startOver"];
        /** End watching a series again: next up goes on after what was watched last */
        delete: operations["endStartOver"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you know of an item: watched, where you left off, how often it was played */
        get: operations["getItemState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an item’s tags */
        put: operations["setTags"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/watched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark an item of any kind watched or unwatched; of a container, all that is in it now */
        put: operations["setWatched"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{id}/watchlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put an item on your watchlist; it stays there when watched */
        put: operations["addToWatchlist"];
        post?: never;
        /** Take an item off your watchlist */
        delete: operations["removeFromWatchlist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Libraries by title */
        get: operations["listLibraries"];
        put?: never;
        /** Make a library */
        post: operations["createLibrary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/libraries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Retire a library with all that stands in it; nobody’s history is lost, and it can be restored */
        delete: operations["retireLibrary"];
        options?: never;
        head?: never;
        /** Rename a library */
        patch: operations["updateLibrary"];
        trace?: never;
    };
    "/api/v1/libraries/{id}/thresholds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** From where on a position counts in a library, and from where on it is watched */
        get: operations["getLibraryThresholds"];
        /** Set thresholds of a library’s own, for what is reported from now on */
        put: operations["setLibraryThresholds"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are, on which device, and what you may */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what is yours to change: the time zone in which your days begin and end */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/api/v1/me/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was changed of your history, by you or by imports, newest first */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/changes/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a change, where nothing was changed since; taking back an undo does the change again */
        post: operations["undoChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/changes/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back the newest change that holds */
        post: operations["undoLastChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you dropped, hid or snoozed and what has not come back, newest first */
        get: operations["listChoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/continue-watching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you are in the middle of, newest first */
        get: operations["listContinueWatching"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your records of one kind of item: what you played last, are in the middle of, or made a favourite */
        get: operations["listUserMediaItemData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices you use, and how each shares with the others */
        get: operations["listMyDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/devices/{deviceUserId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a device or change how it shares */
        patch: operations["updateMyDevice"];
        trace?: never;
    };
    "/api/v1/me/disliked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you dislike, newest first */
        get: operations["listDisliked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/favourites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your favourites, newest first */
        get: operations["listFavourites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you played, newest first. Where filters leave little, a page may be short or empty while `next` goes on */
        get: operations["listHistory"];
        put?: never;
        /** Add a play that nobody recorded; without a date it is of an unknown one */
        post: operations["addPlay"];
        /** Clear your history, or part of it: plays, counts and positions. It can be taken back */
        delete: operations["clearHistory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/history/{playId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a play out of your history, with the mark and the count that it made */
        delete: operations["deletePlay"];
        options?: never;
        head?: never;
        /** Correct a play: its date, whether it went to the end, how long was watched */
        patch: operations["correctPlay"];
        trace?: never;
    };
    "/api/v1/me/history/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The days on which you played something, in your time zone, newest first, with how much it was */
        get: operations["listHistoryDays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/history/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take several plays out of your history; all of them or, where one is not yours, none */
        post: operations["deletePlays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/new": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** New movies, series and seasons that you have not watched, newest first. A page may be short while `next` goes on */
        get: operations["listNew"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/next-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to watch next in each series and each collection of movies you follow, newest activity first */
        get: operations["listNextUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/playback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell what a player of yours does, naming the item by any id */
        post: operations["reportPlayback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you rated, with your reviews */
        get: operations["listRatings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Time watched by day, hour, kind, series, genre and the like */
        get: operations["getStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/statistics/streaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Days in a row with something watched */
        get: operations["getStreaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/statistics/years/{year}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A year in review */
        get: operations["getYearInReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API tokens */
        get: operations["listMyTokens"];
        put?: never;
        /** Make an API token; it is shown this once */
        post: operations["createMyToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an API token back; what was recorded with it stays */
        delete: operations["deleteMyToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/watchlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you mean to watch, newest first */
        get: operations["listWatchlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the folders whose files are scanned */
        get: operations["listScanFolders"];
        put?: never;
        /** Add a folder to be scanned; the same path again gives the one that is there, and is a conflict when another library or kind is asked for */
        post: operations["addScanFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a folder: its files stay where they are, items without another copy are retired, all history is kept */
        delete: operations["forgetScanFolder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scan-folders/{id}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan a folder now; answers with the report when it is done */
        post: operations["scanFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Items by the beginnings of the words of their title, best first, 200 at the most */
        get: operations["searchItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with name and password; the session comes as a cookie */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch to a managed user of yours; the way back is to sign in */
        post: operations["switchProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first admin is still to be made */
        get: operations["getSetup"];
        put?: never;
        /** Make the first admin and sign in */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a sign-in at a vendor’s own site; the person allows it on the page that is given */
        post: operations["beginSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-ins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether it was allowed, and the servers that it brought */
        get: operations["lookAtSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream-sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where streams come from */
        get: operations["listStreamSources"];
        put?: never;
        /** Make a stream source */
        post: operations["createStreamSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users by name: everyone for an admin, else you and your managed users */
        get: operations["listUsers"];
        put?: never;
        /** Make a user (admins), or a managed user of your own */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Delete a user with all that is theirs; without confirm it only says what would be lost */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Change a name, password, role or what may be seen */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/webhooks/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes what a media server sends; it is read afterwards */
        post: operations["receiveDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything needed is there */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ContainerState
         * @description Of what holds others
         */
        ContainerState: {
            /** @description Movies, episodes, tracks or streams in it that are here */
            leaves: number;
            /**
             * @description Whether all, some or none of it is watched
             * @enum {unknown}
             */
            state: "watched" | "partly" | "unwatched";
            /** @description Those of them that are not watched */
            unwatched: number;
        };
        /**
         * Error
         * @description The request was not carried out.
         */
        Error: {
            error: {
                /** @enum {string} */
                code: "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "unavailable" | "internal";
                /** @description Each fault in what was sent, with the dotted path to it. */
                faults: {
                    message: string;
                    path: string;
                }[];
                /** @description What went wrong and what to do, for a person. */
                message: string;
                /** @description Names the request in the log. */
                requestId: string;
            };
        };
        /**
         * Item
         * @description A media item
         */
        Item: {
            /** @description Number within the series */
            absoluteNumber: number | null;
            /**
             * Format: date-time
             * @description When it came into the catalog
             */
            addedAt: string;
            /** @description Of tracks */
            albumTitle: string | null;
            /** @description Of albums and tracks */
            artistTitle: string | null;
            /** @description As its source has it: PG-13, FSK 16 … */
            contentRating: string | null;
            /** @description What only this kind has; empty for most kinds */
            details: {
                /** @description Of a stream */
                address?: string;
                /** @description Of a movie, in whole US dollars */
                budget?: number | null;
                /**
                 * @description What a library holds
                 * @enum {unknown}
                 */
                libraryKind?: "movies" | "series" | "music" | "streams";
                /** @description Of a movie, in whole US dollars */
                revenue?: number | null;
                /** @description Of a series */
                status?: ("continuing" | "ended" | "upcoming") | null;
                /** @description Where a stream comes from */
                streamSourceId?: number;
                /** @description Of a movie */
                tagline?: string | null;
            };
            /** @description Disc of a track */
            discNumber: number | null;
            /** @description Number within the season */
            episodeNumber: number | null;
            /** @description The last one, where several episodes are one item */
            episodeNumberEnd: number | null;
            externalIds: {
                /** @description imdb, tmdb, tvdb, musicbrainz … */
                provider: string;
                /** @description The name of the work there, as tt0133093 */
                value: string;
            }[];
            genres: string[];
            /** @description Id of a media item */
            id: number;
            images: {
                /** @description Where it is */
                address: string;
                /**
                 * @description What the image shows the item as
                 * @enum {unknown}
                 */
                role: "poster" | "backdrop" | "logo" | "thumb" | "banner" | "disc";
            }[];
            /**
             * @description What sort of item it is
             * @enum {unknown}
             */
            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
            /** @description The library it stands in; its own id for a library */
            libraryId: number;
            /** @description Title in the language it was made in */
            originalTitle: string | null;
            /** @description What it is about */
            overview: string | null;
            /** @description The season of an episode, the series of a season, the album of a track … */
            parentId: number | null;
            /** @description The same as an age, 0 to 21 */
            ratingLevel: number | null;
            /** @description Day it was first shown */
            releaseDate: string | null;
            /** @description Since when it has been gone */
            removedAt: string | null;
            /** @description The series of seasons and episodes, the artist of albums and tracks */
            rootId: number | null;
            /** @description Length in milliseconds */
            runtimeMs: number | null;
            /** @description 0 for specials */
            seasonNumber: number | null;
            /** @description Of seasons and episodes */
            seriesTitle: string | null;
            /** @description What lists by title are sorted by */
            sortTitle: string;
            /** @description Its copies on media servers */
            syncClients: {
                /** @description Id of a media server */
                clientId: number;
                /**
                 * @description What sort of media server it is
                 * @enum {unknown}
                 */
                clientType: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                /** @description Its own id of its copy */
                itemId: string;
            }[];
            tags: string[];
            /** @description Title */
            title: string;
            /** @description Number on the disc */
            trackNumber: number | null;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /** @description Year of release */
            year: number | null;
        };
        /**
         * LeafState
         * @description Of what is played
         */
        LeafState: {
            /** @description Length as the player told it */
            durationMs: number | null;
            /** @description When it was last played */
            lastPlayedAt: string | null;
            /** @description When it was last marked, itself or with what it is in */
            markedAt: string | null;
            /** @description Plays to the end */
            playCount: number;
            /** @description Where it was left; null: not in progress */
            positionMs: number | null;
            /** @description Whether it is watched */
            watched: boolean;
        };
        /**
         * ListedItem
         * @description A media item with what you know of it
         */
        ListedItem: {
            /** @description Number within the series */
            absoluteNumber: number | null;
            /**
             * Format: date-time
             * @description When it came into the catalog
             */
            addedAt: string;
            /** @description Of tracks */
            albumTitle: string | null;
            /** @description Of albums and tracks */
            artistTitle: string | null;
            /** @description As its source has it: PG-13, FSK 16 … */
            contentRating: string | null;
            /** @description What only this kind has; empty for most kinds */
            details: {
                /** @description Of a stream */
                address?: string;
                /** @description Of a movie, in whole US dollars */
                budget?: number | null;
                /**
                 * @description What a library holds
                 * @enum {unknown}
                 */
                libraryKind?: "movies" | "series" | "music" | "streams";
                /** @description Of a movie, in whole US dollars */
                revenue?: number | null;
                /** @description Of a series */
                status?: ("continuing" | "ended" | "upcoming") | null;
                /** @description Where a stream comes from */
                streamSourceId?: number;
                /** @description Of a movie */
                tagline?: string | null;
            };
            /** @description Disc of a track */
            discNumber: number | null;
            /** @description Number within the season */
            episodeNumber: number | null;
            /** @description The last one, where several episodes are one item */
            episodeNumberEnd: number | null;
            externalIds: {
                /** @description imdb, tmdb, tvdb, musicbrainz … */
                provider: string;
                /** @description The name of the work there, as tt0133093 */
                value: string;
            }[];
            genres: string[];
            /** @description Id of a media item */
            id: number;
            images: {
                /** @description Where it is */
                address: string;
                /**
                 * @description What the image shows the item as
                 * @enum {unknown}
                 */
                role: "poster" | "backdrop" | "logo" | "thumb" | "banner" | "disc";
            }[];
            /**
             * @description What sort of item it is
             * @enum {unknown}
             */
            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
            /** @description The library it stands in; its own id for a library */
            libraryId: number;
            /** @description Title in the language it was made in */
            originalTitle: string | null;
            /** @description What it is about */
            overview: string | null;
            /** @description The season of an episode, the series of a season, the album of a track … */
            parentId: number | null;
            /** @description The same as an age, 0 to 21 */
            ratingLevel: number | null;
            /** @description Day it was first shown */
            releaseDate: string | null;
            /** @description Since when it has been gone */
            removedAt: string | null;
            /** @description The series of seasons and episodes, the artist of albums and tracks */
            rootId: number | null;
            /** @description Length in milliseconds */
            runtimeMs: number | null;
            /** @description 0 for specials */
            seasonNumber: number | null;
            /** @description Of seasons and episodes */
            seriesTitle: string | null;
            /** @description What lists by title are sorted by */
            sortTitle: string;
            /** @description What you know of it; absent for a library that would take long to count: ask for its state */
            state?: components["schemas"]["LeafState"] | components["schemas"]["ContainerState"];
            /** @description Its copies on media servers */
            syncClients: {
                /** @description Id of a media server */
                clientId: number;
                /**
                 * @description What sort of media server it is
                 * @enum {unknown}
                 */
                clientType: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                /** @description Its own id of its copy */
                itemId: string;
            }[];
            tags: string[];
            /** @description Title */
            title: string;
            /** @description Number on the disc */
            trackNumber: number | null;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /** @description Year of release */
            year: number | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                cursor?: string;
                entityId?: number;
                /** @description Only changes of this sort of thing. */
                entityType?: string;
                limit?: number;
                /** @description Only what this user did. */
                userId?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {unknown} */
                            action: "create" | "update" | "delete";
                            /** @description When, ISO 8601 in UTC. */
                            at: string;
                            /** @description Field → [before, after]; secrets are redacted. */
                            changes: {
                                [key: string]: unknown;
                            };
                            deviceName: string | null;
                            entityId: number;
                            entityType: string;
                            id: number;
                            reason: string | null;
                            userId: number | null;
                            /** @description null: the program itself, or the command line. */
                            userName: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            accounts: {
                                /** @description The device user that its activity is recorded by. */
                                deviceUserId: number;
                                id: number;
                                /**
                                 * @description Which way activity goes between this account and its person’s other devices.
                                 * @enum {string}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the media server knows this person by. */
                                remoteId: string;
                                /** @description What the media server calls this person. */
                                remoteName: string;
                                /** @description Whose account it is here. */
                                userId: number;
                            }[];
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Whether a password is kept; it is never shown. */
                            hasPassword: boolean;
                            /** @description Whether a token or API key is kept; it is never shown. */
                            hasToken: boolean;
                            /** @description Changes that wait for someone to approve or reject them. */
                            held: number;
                            id: number;
                            importedAt: string | null;
                            /**
                             * @description What sort of media server it is.
                             * @enum {string}
                             */
                            kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                            name: string;
                            schedule: string | null;
                            serverVersion: string | null;
                            timeZone: string | null;
                            userName: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which of the server’s accounts is theirs. */
                    accountId?: string;
                    /** @description Such as http://192.168.1.5:8080. */
                    address: string;
                    /**
                     * @description By default loud: what is watched there is seen everywhere; one that was connected before keeps its own.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    /**
                     * @description What sort of media server it is.
                     * @enum {string}
                     */
                    kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                    /** @description What to call it here. */
                    name?: string;
                    /** @description Kept encrypted and never shown. */
                    password?: string;
                    schedule?: string | null;
                    /** @description A sign-in and one of its servers, in place of a token. */
                    signIn?: {
                        /** Format: uuid */
                        id: string;
                        serverId: string;
                    };
                    /** @description IANA name, such as Europe/Berlin. */
                    timeZone?: string;
                    /** @description A token or API key; kept encrypted, never shown. */
                    token?: string;
                    /** @description Whose account it is; by default the caller’s. */
                    userId?: number;
                    userName?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        client: {
                            accounts: {
                                /** @description The device user that its activity is recorded by. */
                                deviceUserId: number;
                                id: number;
                                /**
                                 * @description Which way activity goes between this account and its person’s other devices.
                                 * @enum {string}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the media server knows this person by. */
                                remoteId: string;
                                /** @description What the media server calls this person. */
                                remoteName: string;
                                /** @description Whose account it is here. */
                                userId: number;
                            }[];
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Whether a password is kept; it is never shown. */
                            hasPassword: boolean;
                            /** @description Whether a token or API key is kept; it is never shown. */
                            hasToken: boolean;
                            /** @description Changes that wait for someone to approve or reject them. */
                            held: number;
                            id: number;
                            importedAt: string | null;
                            /**
                             * @description What sort of media server it is.
                             * @enum {string}
                             */
                            kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                            name: string;
                            schedule: string | null;
                            serverVersion: string | null;
                            timeZone: string | null;
                            userName: string | null;
                        };
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server knows this person by. */
                            remoteId: string;
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        /** @description Whether a token or API key is kept; it is never shown. */
                        hasToken: boolean;
                        /** @description Changes that wait for someone to approve or reject them. */
                        held: number;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        schedule: string | null;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Such as http://192.168.1.5:8080. */
                    address?: string;
                    /** @description What to call it here. */
                    name?: string;
                    password?: string | null;
                    schedule?: string | null;
                    timeZone?: string | null;
                    token?: string | null;
                    userName?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server knows this person by. */
                            remoteId: string;
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        /** @description Whether a token or API key is kept; it is never shown. */
                        hasToken: boolean;
                        /** @description Changes that wait for someone to approve or reject them. */
                        held: number;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        schedule: string | null;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRemoteAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            accountId: number | null;
                            /**
                             * @description What it takes to link it, beyond the client’s own credentials.
                             * @enum {string}
                             */
                            entry: "none" | "open" | "pin" | "password";
                            name: string;
                            remoteId: string;
                        }[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    linkAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description loud: both ways; shout: only read; quiet: only written; silo: neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    /** @description Kept encrypted and never shown. */
                    password?: string;
                    /** @description Not kept. */
                    pin?: string;
                    remoteId: string;
                    /** @description Whose it is here. */
                    userId: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server knows this person by. */
                            remoteId: string;
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        /** @description Whether a token or API key is kept; it is never shown. */
                        hasToken: boolean;
                        /** @description Changes that wait for someone to approve or reject them. */
                        held: number;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        schedule: string | null;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unlinkAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                account: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server knows this person by. */
                            remoteId: string;
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        /** @description Whether a token or API key is kept; it is never shown. */
                        hasToken: boolean;
                        /** @description Changes that wait for someone to approve or reject them. */
                        held: number;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        schedule: string | null;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                account: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description loud: both ways; shout: only read; quiet: only written; silo: neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    /** @description Kept encrypted and never shown. */
                    password?: string;
                    /** @description Not kept. */
                    pin?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description The device user that its activity is recorded by. */
                            deviceUserId: number;
                            id: number;
                            /**
                             * @description Which way activity goes between this account and its person’s other devices.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            /** @description What the media server knows this person by. */
                            remoteId: string;
                            /** @description What the media server calls this person. */
                            remoteName: string;
                            /** @description Whose account it is here. */
                            userId: number;
                        }[];
                        address: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Whether a password is kept; it is never shown. */
                        hasPassword: boolean;
                        /** @description Whether a token or API key is kept; it is never shown. */
                        hasToken: boolean;
                        /** @description Changes that wait for someone to approve or reject them. */
                        held: number;
                        id: number;
                        importedAt: string | null;
                        /**
                         * @description What sort of media server it is.
                         * @enum {string}
                         */
                        kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                        name: string;
                        schedule: string | null;
                        serverVersion: string | null;
                        timeZone: string | null;
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description As text, without pictures; in lists its beginning. */
                            body: string;
                            /** @description Whether there is more of it than is shown here. */
                            bodyIsCut: boolean;
                            contentType: string;
                            /** @description What came of it, or why nothing did. */
                            detail: string;
                            handledAt: string | null;
                            id: number;
                            /**
                             * @description waiting: not read yet; taken: it was looked into; ignored: it concerns nothing here; refused: it is not what this kind of server sends; failed: it was understood, and then something went wrong.
                             * @enum {string}
                             */
                            outcome: "waiting" | "taken" | "ignored" | "refused" | "failed";
                            /** Format: date-time */
                            receivedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description As text, without pictures; in lists its beginning. */
                        body: string;
                        /** @description Whether there is more of it than is shown here. */
                        bodyIsCut: boolean;
                        contentType: string;
                        /** @description What came of it, or why nothing did. */
                        detail: string;
                        handledAt: string | null;
                        id: number;
                        /**
                         * @description waiting: not read yet; taken: it was looked into; ignored: it concerns nothing here; refused: it is not what this kind of server sends; failed: it was understood, and then something went wrong.
                         * @enum {string}
                         */
                        outcome: "waiting" | "taken" | "ignored" | "refused" | "failed";
                        /** Format: date-time */
                        receivedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                delivery: number;
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description As text, without pictures; in lists its beginning. */
                        body: string;
                        /** @description Whether there is more of it than is shown here. */
                        bodyIsCut: boolean;
                        contentType: string;
                        /** @description What came of it, or why nothing did. */
                        detail: string;
                        handledAt: string | null;
                        id: number;
                        /**
                         * @description waiting: not read yet; taken: it was looked into; ignored: it concerns nothing here; refused: it is not what this kind of server sends; failed: it was understood, and then something went wrong.
                         * @enum {string}
                         */
                        outcome: "waiting" | "taken" | "ignored" | "refused" | "failed";
                        /** Format: date-time */
                        receivedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listHeld: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account: string | null;
                            /** @description How it was or is: fields and values, as far as there are any. */
                            after: unknown;
                            /** @description How it was or is: fields and values, as far as there are any. */
                            before: unknown;
                            clientItemId: string;
                            id: number;
                            itemId: number | null;
                            /** Format: date-time */
                            seenAt: string;
                            /**
                             * @description theirs: the server shows less than before, and we would follow; ours: we would take it from the server.
                             * @enum {string}
                             */
                            side: "theirs" | "ours";
                            title: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    approveHeld: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @description Entries left to a person. */
                            ambiguous: number;
                            /** @description Entries for which an item was made. */
                            created: number;
                            /** @description Changes of watch state taken over. */
                            events: number;
                            /** @description Changes that could not be written; the next run tries again. */
                            failed: number;
                            /** @description Changes that wait for someone to approve or reject them. */
                            held: number;
                            /** @description Entries found among the items that were there. */
                            matched: number;
                            /** @description Entries whose id stands for another work than before. */
                            rematched: number;
                            /** @description Entries that are not there any more. */
                            removed: number;
                            /** @description Entries that the server told of. */
                            seen: number;
                            /** @description Entries that tell something else than last time. */
                            updated: number;
                            /** @description Changes written to the server. */
                            written: number;
                        };
                        endedAt: string | null;
                        error: string | null;
                        id: number;
                        /**
                         * @description import only reads; sync also writes; quick looks at what just changed; preview changes nothing.
                         * @enum {string}
                         */
                        kind: "import" | "sync" | "quick" | "preview";
                        /** Format: date-time */
                        startedAt: string;
                        /**
                         * @description How it stands; held: done, but for changes that wait for someone.
                         * @enum {string}
                         */
                        state: "running" | "done" | "failed" | "held";
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rejectHeld: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    importClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @description Entries left to a person. */
                            ambiguous: number;
                            /** @description Entries for which an item was made. */
                            created: number;
                            /** @description Changes of watch state taken over. */
                            events: number;
                            /** @description Changes that could not be written; the next run tries again. */
                            failed: number;
                            /** @description Changes that wait for someone to approve or reject them. */
                            held: number;
                            /** @description Entries found among the items that were there. */
                            matched: number;
                            /** @description Entries whose id stands for another work than before. */
                            rematched: number;
                            /** @description Entries that are not there any more. */
                            removed: number;
                            /** @description Entries that the server told of. */
                            seen: number;
                            /** @description Entries that tell something else than last time. */
                            updated: number;
                            /** @description Changes written to the server. */
                            written: number;
                        };
                        endedAt: string | null;
                        error: string | null;
                        id: number;
                        /**
                         * @description import only reads; sync also writes; quick looks at what just changed; preview changes nothing.
                         * @enum {string}
                         */
                        kind: "import" | "sync" | "quick" | "preview";
                        /** Format: date-time */
                        startedAt: string;
                        /**
                         * @description How it stands; held: done, but for changes that wait for someone.
                         * @enum {string}
                         */
                        state: "running" | "done" | "failed" | "held";
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClientLibraries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is read at all */
                            included: boolean;
                            /**
                             * @description What it holds
                             * @enum {string}
                             */
                            kind: "movies" | "series" | "music" | "streams";
                            libraryId: number | null;
                            /** @description What it is called there */
                            name: string;
                            /** @description Id of the library on the media server */
                            remoteId: string;
                        }[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    chooseClientLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the media server */
                id: number;
                /** @description Id of the library on the media server */
                remoteId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whether it is read at all */
                    included: boolean;
                    libraryId: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is read at all */
                        included: boolean;
                        /**
                         * @description What it holds
                         * @enum {string}
                         */
                        kind: "movies" | "series" | "music" | "streams";
                        libraryId: number | null;
                        /** @description What it is called there */
                        name: string;
                        /** @description Id of the library on the media server */
                        remoteId: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMatches: {
        parameters: {
            query: {
                /** @description Where the former page ended */
                cursor?: string;
                /** @description Entries at the most */
                limit?: number;
                /** @description unmatched: no item was found; ambiguous: it may be several; conflicting: its ids name different items, or different works are taken for one item; decided: a person said what it is */
                state: "unmatched" | "ambiguous" | "conflicting" | "decided";
            };
            header?: never;
            path: {
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Best first */
                            candidates: {
                                item: {
                                    episodeNumber: number | null;
                                    /** @description Id of the item */
                                    id: number;
                                    /**
                                     * @description What it is
                                     * @enum {string}
                                     */
                                    kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                    parentTitle: string | null;
                                    seasonNumber: number | null;
                                    /** @description Title */
                                    title: string;
                                    year: number | null;
                                };
                                reasons: string[];
                                /** @description How well it fits; nothing is matched by it */
                                score: number;
                            }[];
                            /** @description What the media server calls it */
                            clientItemId: string;
                            decision: ("item" | "ignored") | null;
                            /** @description Id of the entry */
                            id: number;
                            item: {
                                episodeNumber: number | null;
                                /** @description Id of the item */
                                id: number;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                parentTitle: string | null;
                                seasonNumber: number | null;
                                /** @description Title */
                                title: string;
                                year: number | null;
                            } | null;
                            /**
                             * @description What it is
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            path: string | null;
                            /** @description Why it needs a person; empty where one decided */
                            reason: string;
                            /**
                             * @description How it stands
                             * @enum {string}
                             */
                            state: "unmatched" | "ambiguous" | "conflicting" | "decided";
                            /** @description Title as the media server has it */
                            title: string;
                            year: number | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    decideMatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the entry */
                copyId: number;
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        /** @description One of these */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description It is none of ours: make one
                     * @enum {boolean}
                     */
                    create?: true;
                    /**
                     * @description Leave it out of everything
                     * @enum {boolean}
                     */
                    ignore?: true;
                    /** @description It is this item */
                    itemId?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Best first */
                        candidates: {
                            item: {
                                episodeNumber: number | null;
                                /** @description Id of the item */
                                id: number;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                parentTitle: string | null;
                                seasonNumber: number | null;
                                /** @description Title */
                                title: string;
                                year: number | null;
                            };
                            reasons: string[];
                            /** @description How well it fits; nothing is matched by it */
                            score: number;
                        }[];
                        /** @description What the media server calls it */
                        clientItemId: string;
                        decision: ("item" | "ignored") | null;
                        /** @description Id of the entry */
                        id: number;
                        item: {
                            episodeNumber: number | null;
                            /** @description Id of the item */
                            id: number;
                            /**
                             * @description What it is
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            parentTitle: string | null;
                            seasonNumber: number | null;
                            /** @description Title */
                            title: string;
                            year: number | null;
                        } | null;
                        /**
                         * @description What it is
                         * @enum {string}
                         */
                        kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                        path: string | null;
                        /** @description Why it needs a person; empty where one decided */
                        reason: string;
                        /**
                         * @description How it stands
                         * @enum {string}
                         */
                        state: "unmatched" | "ambiguous" | "conflicting" | "decided";
                        /** @description Title as the media server has it */
                        title: string;
                        year: number | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undoMatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the entry */
                copyId: number;
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Best first */
                        candidates: {
                            item: {
                                episodeNumber: number | null;
                                /** @description Id of the item */
                                id: number;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                parentTitle: string | null;
                                seasonNumber: number | null;
                                /** @description Title */
                                title: string;
                                year: number | null;
                            };
                            reasons: string[];
                            /** @description How well it fits; nothing is matched by it */
                            score: number;
                        }[];
                        /** @description What the media server calls it */
                        clientItemId: string;
                        decision: ("item" | "ignored") | null;
                        /** @description Id of the entry */
                        id: number;
                        item: {
                            episodeNumber: number | null;
                            /** @description Id of the item */
                            id: number;
                            /**
                             * @description What it is
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            parentTitle: string | null;
                            seasonNumber: number | null;
                            /** @description Title */
                            title: string;
                            year: number | null;
                        } | null;
                        /**
                         * @description What it is
                         * @enum {string}
                         */
                        kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                        path: string | null;
                        /** @description Why it needs a person; empty where one decided */
                        reason: string;
                        /**
                         * @description How it stands
                         * @enum {string}
                         */
                        state: "unmatched" | "ambiguous" | "conflicting" | "decided";
                        /** @description Title as the media server has it */
                        title: string;
                        year: number | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMatchCandidates: {
        parameters: {
            query?: {
                /** @description Words of a title; by default the entry’s own */
                q?: string;
            };
            header?: never;
            path: {
                /** @description Id of the entry */
                copyId: number;
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            item: {
                                episodeNumber: number | null;
                                /** @description Id of the item */
                                id: number;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                parentTitle: string | null;
                                seasonNumber: number | null;
                                /** @description Title */
                                title: string;
                                year: number | null;
                            };
                            reasons: string[];
                            /** @description How well it fits; nothing is matched by it */
                            score: number;
                        }[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    replaceClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the media server */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the new server */
                    address: string;
                    /** @description Do it; otherwise it is only shown what would become of what */
                    confirm?: boolean;
                    password?: string | null;
                    token?: string | null;
                    userName?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: {
                            /** @description Whose */
                            name: string;
                            needsPin: boolean;
                            remoteId: string | null;
                        }[];
                        /** @description The first of them */
                        conflicting: {
                            from: {
                                /** @description Its id on the old server */
                                clientItemId: string;
                                /** @description Id of the entry here */
                                id: number;
                                itemId: number | null;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                /** @description Title */
                                title: string;
                            }[];
                            /** @description Why */
                            reason: string;
                            to: {
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                /** @description Its id on the new server */
                                remoteId: string;
                                /** @description Title */
                                title: string;
                            };
                        }[];
                        counts: {
                            /** @description Entries that may be several: none of them is taken for any */
                            conflicting: number;
                            /** @description Entries that only the old server had */
                            gone: number;
                            /** @description Entries that were found again */
                            moved: number;
                            /** @description Entries that only the new server has */
                            new: number;
                        };
                        /** @description Whether it was done, or only shown */
                        done: boolean;
                        /** @description The first of them */
                        gone: {
                            /** @description Its id on the old server */
                            clientItemId: string;
                            /** @description Id of the entry here */
                            id: number;
                            itemId: number | null;
                            /**
                             * @description What it is
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            /** @description Title */
                            title: string;
                        }[];
                        /** @description The first of them */
                        moved: {
                            /**
                             * @description How it was known again
                             * @enum {string}
                             */
                            by: "external_id" | "path" | "title" | "decision";
                            from: {
                                /** @description Its id on the old server */
                                clientItemId: string;
                                /** @description Id of the entry here */
                                id: number;
                                itemId: number | null;
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                /** @description Title */
                                title: string;
                            };
                            to: {
                                /**
                                 * @description What it is
                                 * @enum {string}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                /** @description Its id on the new server */
                                remoteId: string;
                                /** @description Title */
                                title: string;
                            };
                        }[];
                        /** @description The first of them */
                        new: {
                            /**
                             * @description What it is
                             * @enum {string}
                             */
                            kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            /** @description Its id on the new server */
                            remoteId: string;
                            /** @description Title */
                            title: string;
                        }[];
                        server: {
                            /** @description What it calls itself */
                            name: string;
                            same: boolean;
                            /** @description Version */
                            version: string;
                        };
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listClientRuns: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            counts: {
                                /** @description Entries left to a person. */
                                ambiguous: number;
                                /** @description Entries for which an item was made. */
                                created: number;
                                /** @description Changes of watch state taken over. */
                                events: number;
                                /** @description Changes that could not be written; the next run tries again. */
                                failed: number;
                                /** @description Changes that wait for someone to approve or reject them. */
                                held: number;
                                /** @description Entries found among the items that were there. */
                                matched: number;
                                /** @description Entries whose id stands for another work than before. */
                                rematched: number;
                                /** @description Entries that are not there any more. */
                                removed: number;
                                /** @description Entries that the server told of. */
                                seen: number;
                                /** @description Entries that tell something else than last time. */
                                updated: number;
                                /** @description Changes written to the server. */
                                written: number;
                            };
                            endedAt: string | null;
                            error: string | null;
                            id: number;
                            /**
                             * @description import only reads; sync also writes; quick looks at what just changed; preview changes nothing.
                             * @enum {string}
                             */
                            kind: "import" | "sync" | "quick" | "preview";
                            /** Format: date-time */
                            startedAt: string;
                            /**
                             * @description How it stands; held: done, but for changes that wait for someone.
                             * @enum {string}
                             */
                            state: "running" | "done" | "failed" | "held";
                            warnings: string[];
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRunDecisions: {
        parameters: {
            query?: {
                /** @description Where the former page ended. */
                cursor?: string;
                /** @description Entries of a page at the most. */
                limit?: number;
                /** @description Only of this part of the run. */
                phase?: "match" | "pull" | "remove" | "push";
            };
            header?: never;
            path: {
                id: number;
                run: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account: string | null;
                            /** @description How it was or is: fields and values, as far as there are any. */
                            after: unknown;
                            /** Format: date-time */
                            at: string;
                            /** @description How it was or is: fields and values, as far as there are any. */
                            before: unknown;
                            clientItemId: string | null;
                            /** @description created, matched, ambiguous, taken, written, partial, failed, … */
                            decision: string;
                            id: number;
                            itemId: number | null;
                            /**
                             * @description Where in the run.
                             * @enum {string}
                             */
                            phase: "match" | "pull" | "remove" | "push";
                            receipt: string | null;
                            title: string | null;
                            /** @description The rule that decided. */
                            why: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    syncClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Change nothing, here and there. */
                    preview?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        counts: {
                            /** @description Entries left to a person. */
                            ambiguous: number;
                            /** @description Entries for which an item was made. */
                            created: number;
                            /** @description Changes of watch state taken over. */
                            events: number;
                            /** @description Changes that could not be written; the next run tries again. */
                            failed: number;
                            /** @description Changes that wait for someone to approve or reject them. */
                            held: number;
                            /** @description Entries found among the items that were there. */
                            matched: number;
                            /** @description Entries whose id stands for another work than before. */
                            rematched: number;
                            /** @description Entries that are not there any more. */
                            removed: number;
                            /** @description Entries that the server told of. */
                            seen: number;
                            /** @description Entries that tell something else than last time. */
                            updated: number;
                            /** @description Changes written to the server. */
                            written: number;
                        };
                        endedAt: string | null;
                        error: string | null;
                        id: number;
                        /**
                         * @description import only reads; sync also writes; quick looks at what just changed; preview changes nothing.
                         * @enum {string}
                         */
                        kind: "import" | "sync" | "quick" | "preview";
                        /** Format: date-time */
                        startedAt: string;
                        /**
                         * @description How it stands; held: done, but for changes that wait for someone.
                         * @enum {string}
                         */
                        state: "running" | "done" | "failed" | "held";
                        warnings: string[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the server is to send to, behind the address of this house; null: it has none. Whoever knows it can send: treat it as a password. */
                        path: string | null;
                        /** @description Whether servers of this kind have webhooks. */
                        possible: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    makeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Where the server is to send to, behind the address of this house; null: it has none. Whoever knows it can send: treat it as a password. */
                        path: string | null;
                        /** @description Whether servers of this kind have webhooks. */
                        possible: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    putCollectionItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
                /** @description Id of a media item */
                itemId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description By default after the last */
                    position?: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeCollectionItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
                /** @description Id of a media item */
                itemId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that was taken, to go on after it */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events for as long as the connection holds; shown is the JSON in `data` of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        /**
                         * Format: date-time
                         * @description When it was recorded
                         */
                        at: string;
                        /** @description The item, as it was marked or played: a container stands for all that is in it */
                        itemId: number | null;
                        /**
                         * @description `ready`: told from here on; `progress`: a position moved; `state`: marked watched or unwatched; `play`: played to its end; `opinion`: a favourite, rating or the like; `reset`: load everything anew; `end`: the stream ends, come again. Also the name of the event.
                         * @enum {unknown}
                         */
                        kind: "ready" | "progress" | "state" | "play" | "opinion" | "reset" | "end";
                        /** @description Whether it was done on this device */
                        own: boolean;
                        /** @description Of `end`: the session is over, or this device or what may be seen was changed */
                        reason: ("signed_out" | "changed") | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItemByExternalId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What sort of item it is */
                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                provider: string;
                value: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listItems: {
        parameters: {
            query: {
                /** @description Come into the catalog since then */
                addedSince?: string;
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                libraryId?: number;
                /** @description Rows at the most */
                limit: number;
                /** @description For this age; unrated ones are left out */
                maxRatingLevel?: number;
                /** @description Direction */
                order: "asc" | "desc";
                /** @description For admins: those that are retired instead, the last retired first */
                removed: boolean;
                /** @description What without a date or year comes last */
                sort: "title" | "added" | "released" | "year";
                /** @description With this tag of their own */
                tag?: string;
                /** @description Of this year */
                year?: number;
                /** @description Of this year or later */
                yearFrom?: number;
                /** @description Of this year or earlier */
                yearTo?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedItem"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of an episode: its number within the series */
                    absoluteNumber?: number | null;
                    /** @description Of a stream: where it plays */
                    address?: string;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    budget?: number | null;
                    /** @description PG-13, FSK 16 …; null takes it away */
                    contentRating?: string | null;
                    /** @description Of a track */
                    discNumber?: number | null;
                    /** @description Of an episode */
                    episodeNumber?: number | null;
                    /** @description Of a double episode: its last number */
                    episodeNumberEnd?: number | null;
                    /**
                     * @description What sort of item to make
                     * @enum {unknown}
                     */
                    kind: "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                    /** @description Where it is to stand; by default in the oldest library of its kind */
                    libraryId?: number;
                    /** @description Title in the language it was made in; null takes it away */
                    originalTitle?: string | null;
                    /** @description What it is about; null takes it away */
                    overview?: string | null;
                    /** @description The series of a season, the season of an episode, the album of a track … */
                    parentId?: number;
                    /** @description As an age; by default made of the content rating; null takes it away */
                    ratingLevel?: number | null;
                    /** @description Day it was first shown; null takes it away */
                    releaseDate?: string | null;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    revenue?: number | null;
                    /** @description Length in milliseconds; null takes it away */
                    runtimeMs?: number | null;
                    /** @description Of a season; 0 for specials */
                    seasonNumber?: number | null;
                    /** @description By default made of the title */
                    sortTitle?: string;
                    /** @description Of a series; null takes it away */
                    status?: ("continuing" | "ended" | "upcoming") | null;
                    /** @description Of a stream: where it comes from */
                    streamSourceId?: number;
                    /** @description Of a movie; null takes it away */
                    tagline?: string | null;
                    /** @description Title */
                    title: string;
                    /** @description Of a track */
                    trackNumber?: number | null;
                    /** @description Year of release; null takes it away */
                    year?: number | null;
                };
            };
        };
        responses: {
            /** @description A media item */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item with what you know of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedItem"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retireItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of an episode: its number within the series */
                    absoluteNumber?: number | null;
                    /** @description Of a stream: where it plays */
                    address?: string;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    budget?: number | null;
                    /** @description PG-13, FSK 16 …; null takes it away */
                    contentRating?: string | null;
                    /** @description Of a track */
                    discNumber?: number | null;
                    /** @description Of an episode */
                    episodeNumber?: number | null;
                    /** @description Of a double episode: its last number */
                    episodeNumberEnd?: number | null;
                    /** @description Moves it there, with all that is below it */
                    libraryId?: number;
                    /** @description Title in the language it was made in; null takes it away */
                    originalTitle?: string | null;
                    /** @description What it is about; null takes it away */
                    overview?: string | null;
                    /** @description As an age; by default made of the content rating; null takes it away */
                    ratingLevel?: number | null;
                    /** @description Day it was first shown; null takes it away */
                    releaseDate?: string | null;
                    /** @description Of a movie, in whole US dollars; null takes it away */
                    revenue?: number | null;
                    /** @description Length in milliseconds; null takes it away */
                    runtimeMs?: number | null;
                    /** @description Of a season; 0 for specials */
                    seasonNumber?: number | null;
                    /** @description By default made of the title */
                    sortTitle?: string;
                    /** @description Of a series; null takes it away */
                    status?: ("continuing" | "ended" | "upcoming") | null;
                    /** @description Of a stream: where it comes from */
                    streamSourceId?: number;
                    /** @description Of a movie; null takes it away */
                    tagline?: string | null;
                    /** @description Title */
                    title?: string;
                    /** @description Of a track */
                    trackNumber?: number | null;
                    /** @description Year of release; null takes it away */
                    year?: number | null;
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listChildren: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedItem"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getChoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUserMediaItemData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is watched; of a container, all of it */
                        completed: boolean;
                        /** @description The earliest that is known of all this */
                        createdAt: string | null;
                        /** @description Its length; 0: not known */
                        durationSeconds: number;
                        /** @description Names the record: you have one an item */
                        id: number;
                        /** @description Whether it is disliked */
                        isDisliked: boolean;
                        /** @description Whether it is a favourite */
                        isFavorite: boolean;
                        item: components["schemas"]["Item"];
                        /** @description When it was played last */
                        lastPlayedAt: string | null;
                        /** @description Id of the item */
                        mediaItemId: number;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description When it was played first */
                        playedAt: string | null;
                        /** @description Where it was left, 100 once completed; of a container the share of it that is watched */
                        playedPercentage: number;
                        /** @description Where it was left; 0: not in progress */
                        positionSeconds: number;
                        /**
                         * @description What sort of item it is
                         * @enum {unknown}
                         */
                        type: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                        /** @description The newest that is known of all this */
                        updatedAt: string | null;
                        /** @description You */
                        userId: number;
                        /** @description 0.5 to 10, in halves */
                        userRating: number | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setDisliked: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unsetDisliked: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    dropItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undropItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    explainItem: {
        parameters: {
            query?: {
                /** @description Whom it is about; only admins may name somebody else */
                userId?: number;
            };
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What your accounts on media servers show of it */
                        accounts: {
                            account: {
                                /** @description Id of the media server */
                                clientId: number;
                                /**
                                 * @description What sort of server it is
                                 * @enum {unknown}
                                 */
                                clientKind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                                /** @description Name of the media server */
                                clientName: string;
                                /** @description The account as a device */
                                deviceUserId: number;
                                /** @description Id of the account */
                                id: number;
                                /**
                                 * @description Which way it is synced
                                 * @enum {unknown}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the server calls the person */
                                name: string;
                            };
                            copies: {
                                /** @description The id of the copy on the server */
                                remoteId: string;
                                /** @description When it was seen to be gone; null: it is there */
                                removedAt: string | null;
                                /** @description What the account shows of it; null: nothing was seen or written yet */
                                shown: {
                                    /** @description Whether it is a favourite there; null: not told */
                                    favourite: boolean | null;
                                    /** @description When it was played there last; null: not told */
                                    lastPlayedAt: string | null;
                                    /** @description How often it was played there */
                                    playCount: number;
                                    /** @description Where it was left there; null: not in progress */
                                    positionMs: number | null;
                                    /** @description 0 to 10; null: none, or not told */
                                    rating: number | null;
                                    /**
                                     * Format: date-time
                                     * @description When that was seen or written
                                     */
                                    seenAt: string;
                                    /** @description A change was being sent, and it is not known whether it arrived */
                                    unsure: boolean;
                                    /** @description Whether it is watched there */
                                    watched: boolean;
                                } | null;
                            }[];
                        }[];
                        /** @description What runs took from these accounts and wrote to them, the newest first; at most 50 */
                        exchanged: {
                            account: {
                                /** @description Id of the media server */
                                clientId: number;
                                /**
                                 * @description What sort of server it is
                                 * @enum {unknown}
                                 */
                                clientKind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                                /** @description Name of the media server */
                                clientName: string;
                                /** @description The account as a device */
                                deviceUserId: number;
                                /** @description Id of the account */
                                id: number;
                                /**
                                 * @description Which way it is synced
                                 * @enum {unknown}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /** @description What the server calls the person */
                                name: string;
                            };
                            /**
                             * Format: date-time
                             * @description When it was done
                             */
                            at: string;
                            /** @description What was done, in one word */
                            decision: string;
                            /**
                             * @description `pull`: taken from the account; `push`: written to it
                             * @enum {unknown}
                             */
                            phase: "match" | "pull" | "remove" | "push";
                            /** @description Of a write: what was sent */
                            receipt: string | null;
                            /** @description The run that did it */
                            runId: number;
                            /** @description The rule that decided */
                            why: string;
                        }[];
                        /** @description Id of the item */
                        itemId: number;
                        /** @description The one that decides first, then the newest; at most 100 */
                        marks: {
                            /**
                             * Format: date-time
                             * @description As of when
                             */
                            at: string;
                            /** @description Who told it; null: a device that no longer says so */
                            by: {
                                /** @description The person on that device */
                                deviceUserId: number;
                                /**
                                 * @description How it meets the other devices
                                 * @enum {unknown}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /**
                                 * @description What sort of device it is
                                 * @enum {unknown}
                                 */
                                kind: "browser" | "tv" | "phone" | "tablet" | "computer" | "api" | "plex" | "emby" | "jellyfin" | "kodi" | "subsonic" | "other";
                                /** @description Name of the device or media server */
                                name: string;
                            } | null;
                            /** @description Whether it is what holds */
                            decides: boolean;
                            /** @description Whether the other devices are told of it */
                            heard: boolean;
                            on: {
                                /** @description What was marked: the item, or something that it is in */
                                itemId: number;
                                /**
                                 * @description What sort of item that is
                                 * @enum {unknown}
                                 */
                                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                                /** @description Its title; null: not for you to see */
                                title: string | null;
                            };
                            /** @description Set watched or unwatched */
                            watched: boolean;
                            /** @description Why it holds, or why not */
                            why: string;
                        }[];
                        opinion: {
                            /** @description Whether it is disliked */
                            disliked: {
                                /** @description When that was said last; null: never */
                                at: string | null;
                                value: boolean;
                            };
                            /** @description Whether it is a favourite */
                            favourite: {
                                /** @description When that was said last; null: never */
                                at: string | null;
                                value: boolean;
                            };
                            /** @description 0.5 to 10, in halves; null: none */
                            rating: {
                                /** @description When that was said last; null: never */
                                at: string | null;
                                value: number | null;
                            };
                            /** @description Whether it is on the watchlist */
                            watchlist: {
                                /** @description When that was said last; null: never */
                                at: string | null;
                                value: boolean;
                            };
                        };
                        /** @description Sittings, the newest first; at most 20 */
                        plays: {
                            by: {
                                /** @description The person on that device */
                                deviceUserId: number;
                                /**
                                 * @description How it meets the other devices
                                 * @enum {unknown}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /**
                                 * @description What sort of device it is
                                 * @enum {unknown}
                                 */
                                kind: "browser" | "tv" | "phone" | "tablet" | "computer" | "api" | "plex" | "emby" | "jellyfin" | "kodi" | "subsonic" | "other";
                                /** @description Name of the device or media server */
                                name: string;
                            };
                            /** @description In which program; null: not told */
                            clientName: string | null;
                            /** @description Whether it went to the end */
                            completed: boolean;
                            /** @description Id of the play */
                            id: number;
                            /**
                             * Format: date-time
                             * @description When it was seen last
                             */
                            lastAt: string;
                            /** @description How it was played; null: not told */
                            method: string | null;
                            /**
                             * @description How exactly the date is known
                             * @enum {unknown}
                             */
                            precision: "exact" | "day" | "month" | "year" | "unknown";
                            /**
                             * Format: date-time
                             * @description When it began, as exactly as `precision` says
                             */
                            startedAt: string;
                        }[];
                        /** @description Where each device left it; at most 50 */
                        positions: {
                            /** @description Who told it; null: a device that no longer says so */
                            by: {
                                /** @description The person on that device */
                                deviceUserId: number;
                                /**
                                 * @description How it meets the other devices
                                 * @enum {unknown}
                                 */
                                isolation: "silo" | "quiet" | "loud" | "shout";
                                /**
                                 * @description What sort of device it is
                                 * @enum {unknown}
                                 */
                                kind: "browser" | "tv" | "phone" | "tablet" | "computer" | "api" | "plex" | "emby" | "jellyfin" | "kodi" | "subsonic" | "other";
                                /** @description Name of the device or media server */
                                name: string;
                            } | null;
                            /** @description Whether it is what holds */
                            decides: boolean;
                            /** @description Its length as it was told */
                            durationMs: number | null;
                            /** @description Whether the other devices are told of it */
                            heard: boolean;
                            /** @description Plays to the end there */
                            playCount: number;
                            /** @description Where it was left; null: not in progress */
                            positionMs: number | null;
                            /**
                             * Format: date-time
                             * @description When that was told
                             */
                            reportedAt: string;
                            /** @description Why it holds, or why not */
                            why: string;
                        }[];
                        /** @description What decided, in one sentence or two */
                        rule: string;
                        state: {
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            /** @description Id of the item */
                            itemId: number;
                            /** @description When it was last played */
                            lastPlayedAt: string | null;
                            /** @description Of a container: what is in it */
                            leaves?: number;
                            /** @description When it was last marked, itself or with what it is in */
                            markedAt: string | null;
                            /** @description Plays to the end */
                            playCount: number;
                            /** @description Where it was left; null: not in progress */
                            positionMs: number | null;
                            /** @description Of a container: what of that is not watched */
                            unwatched?: number;
                            /** @description Whether it is watched */
                            watched: boolean;
                        };
                        /** @description Whom it is about */
                        userId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setExternalIds: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    externalIds: {
                        /** @description imdb, tmdb, tvdb, musicbrainz … */
                        provider: string;
                        /** @description The name of the work there, as tt0133093 */
                        value: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setFavourite: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unsetFavourite: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setGenres: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    genres: string[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    hideItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unhideItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setImages: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    images: {
                        /** @description Where it is */
                        address: string;
                        /**
                         * @description What the image shows the item as
                         * @enum {unknown}
                         */
                        role: "poster" | "backdrop" | "logo" | "thumb" | "banner" | "disc";
                    }[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOpinion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whom an actor plays */
                            character: string | null;
                            /** @description Their name */
                            name: string;
                            /** @description The same for all that this person is in */
                            personId: number;
                            /**
                             * @description Their part; guest: an actor in a single episode
                             * @enum {unknown}
                             */
                            role: "creator" | "director" | "writer" | "actor" | "guest" | "producer" | "composer" | "artist";
                        }[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setPeople: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In the order in which they are to be named */
                    people: {
                        /** @description Whom an actor plays */
                        character?: string;
                        /** @description Their name */
                        name: string;
                        /**
                         * @description Their part; guest: an actor in a single episode
                         * @enum {unknown}
                         */
                        role: "creator" | "director" | "writer" | "actor" | "guest" | "producer" | "composer" | "artist";
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whom an actor plays */
                            character: string | null;
                            /** @description Their name */
                            name: string;
                            /** @description The same for all that this person is in */
                            personId: number;
                            /**
                             * @description Their part; guest: an actor in a single episode
                             * @enum {unknown}
                             */
                            role: "creator" | "director" | "writer" | "actor" | "guest" | "producer" | "composer" | "artist";
                        }[];
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reportProgress: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When that was; now when absent
                     */
                    at?: string;
                    /** @description Program that plays */
                    clientName?: string;
                    /** @description Where the credits begin, in its second half: from there on it is watched */
                    creditsStartMs?: number;
                    /** @description Length of the recording */
                    durationMs?: number;
                    /**
                     * @description What the player did; `progress` when absent
                     * @enum {unknown}
                     */
                    event?: "start" | "progress" | "pause" | "stop";
                    /** @description How it is played, as direct */
                    method?: string;
                    /** @description Where the player is */
                    positionMs: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether this report was at the end */
                        completed: boolean;
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setRating: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 0.5 to 10, in halves; null takes it back; absent: as it was */
                    rating?: number | null;
                    /** @description What you have to say of it; null takes it back; absent: as it was */
                    review?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clearRating: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    restoreItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    snoozeItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When it comes back
                     */
                    until?: string;
                    /**
                     * @description Of a series: it comes back with the next new episode
                     * @enum {boolean}
                     */
                    untilNew?: true;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unsnoozeItem: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setSpecials: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Among the episodes as they are numbered or dated, after all of them, or never; null: only where you are watching them
                     * @enum {unknown}
                     */
                    place: "inline" | "after" | "never" | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                        droppedAt: string | null;
                        /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                        hiddenAt: string | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                        snoozedAt: string | null;
                        /** @description When it comes back; null while it is snoozed: with the next new episode */
                        snoozedUntil: string | null;
                        /**
                         * @description Where the specials of a series stand in next up; null: only where you are watching them
                         * @enum {unknown}
                         */
                        specials: "inline" | "after" | "never" | null;
                        /** @description What was chosen of: the series of an episode or a season, else the item itself */
                        targetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of what was begun anew: of an episode or season its series */
                        itemId: number;
                        /**
                         * Format: date-time
                         * @description From when on what is watched counts for next up
                         */
                        startedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    endStartOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getItemState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description Of a container: what is in it */
                        leaves?: number;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Of a container: those not watched */
                        unwatched?: number;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setTags: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    tags: string[];
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setWatched: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When that happened; now when absent
                     */
                    at?: string;
                    /** @description Set watched or unwatched */
                    watched: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The change set by which it can be taken back; null: nothing changed */
                        changeSetId: number | null;
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addToWatchlist: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeFromWatchlist: {
        parameters: {
            query?: {
                /** @description When that was said; now when absent */
                at?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is disliked */
                        disliked: boolean;
                        /** @description Since when */
                        dislikedAt: string | null;
                        /** @description Whether it is a favourite; never together with disliked */
                        favourite: boolean;
                        /** @description Since when */
                        favouriteAt: string | null;
                        /** @description Id of a media item */
                        itemId: number;
                        /** @description When it was rated */
                        ratedAt: string | null;
                        /** @description 0.5 to 10, in halves */
                        rating: number | null;
                        /** @description What you had to say of it */
                        review: string | null;
                        /** @description When it was reviewed */
                        reviewedAt: string | null;
                        /** @description Whether it is on the watchlist */
                        watchlist: boolean;
                        /** @description Since when */
                        watchlistAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listLibraries: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedItem"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What a library holds
                     * @enum {unknown}
                     */
                    kind: "movies" | "series" | "music" | "streams";
                    /** @description Title */
                    title: string;
                };
            };
        };
        responses: {
            /** @description A media item */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retireLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateLibrary: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a media item */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Title */
                    title: string;
                };
            };
        };
        responses: {
            /** @description A media item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getLibraryThresholds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From this share of the length on it is watched … */
                        highPercent: number;
                        /** @description … or from this many seconds on; 0: only the share counts */
                        highSeconds: number;
                        /**
                         * @description What is played in it
                         * @enum {unknown}
                         */
                        kind: "movie" | "episode" | "track" | "stream";
                        /** @description Id of the library */
                        libraryId: number;
                        /** @description Below this share of the length a position is dropped … */
                        lowPercent: number;
                        /** @description … and before this many seconds */
                        lowSeconds: number;
                        /** @description What this library has of its own; null: as the settings say */
                        own: {
                            highPercent: number | null;
                            highSeconds: number | null;
                            lowPercent: number | null;
                            lowSeconds: number | null;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setLibraryThresholds: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the item */
                id: number;
            };
            cookie?: never;
        };
        /** @description What is null or absent is as the settings say */
        requestBody: {
            content: {
                "application/json": {
                    /** @description From this share of the length on it is watched */
                    highPercent?: number | null;
                    /** @description From this many seconds on it is watched, however long it is; 0: only the share counts */
                    highSeconds?: number | null;
                    /** @description Below this share of the length a position is dropped */
                    lowPercent?: number | null;
                    /** @description Before this many seconds a position is dropped */
                    lowSeconds?: number | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description From this share of the length on it is watched … */
                        highPercent: number;
                        /** @description … or from this many seconds on; 0: only the share counts */
                        highSeconds: number;
                        /**
                         * @description What is played in it
                         * @enum {unknown}
                         */
                        kind: "movie" | "episode" | "track" | "stream";
                        /** @description Id of the library */
                        libraryId: number;
                        /** @description Below this share of the length a position is dropped … */
                        lowPercent: number;
                        /** @description … and before this many seconds */
                        lowSeconds: number;
                        /** @description What this library has of its own; null: as the settings say */
                        own: {
                            highPercent: number | null;
                            highSeconds: number | null;
                            lowPercent: number | null;
                            lowSeconds: number | null;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description IANA name, as Europe/Berlin: in which days begin and end. */
                    timeZone: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was done
                             */
                            at: string;
                            device: {
                                /** @description The user on that device */
                                deviceUserId: number;
                                /** @description Name of the device */
                                name: string;
                            };
                            /** @description Id of a change set */
                            id: number;
                            /** @description What it was about; null: many things, or nothing that you may see */
                            item: components["schemas"]["Item"] | null;
                            /**
                             * @description What was done
                             * @enum {unknown}
                             */
                            kind: "mark" | "import" | "add" | "edit" | "delete" | "clear" | "undo";
                            /** @description Of an import: its run */
                            runId: number | null;
                            /** @description Items that it changed, or plays */
                            touched: number;
                            /** @description Until when it can be taken back; null: not any more */
                            undoableUntil: string | null;
                            /** @description Of an undo: the set that it took back */
                            undoes: number | null;
                            /** @description When it was taken back; null: it holds */
                            undoneAt: string | null;
                            /** @description Of a mark: watched or unwatched */
                            watched: boolean | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undoChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of a change set */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                        /** @description Facts that were changed since, and stay */
                        kept: number;
                        /** @description Facts that are as they were */
                        restored: number;
                        /** @description The set by which the undo can itself be taken back */
                        undoneBy: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    undoLastChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                        /** @description Facts that were changed since, and stay */
                        kept: number;
                        /** @description Facts that are as they were */
                        restored: number;
                        /** @description The set by which the undo can itself be taken back */
                        undoneBy: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listChoices: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Since when it is out of continue watching and next up; null: it is not, or was played since */
                            droppedAt: string | null;
                            /** @description Since when it is out of continue watching alone; null: it is not, or was played since */
                            hiddenAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description Since when it is out of both for a while; null: it is not, or the while is over */
                            snoozedAt: string | null;
                            /** @description When it comes back; null while it is snoozed: with the next new episode */
                            snoozedUntil: string | null;
                            /**
                             * @description Where the specials of a series stand in next up; null: only where you are watching them
                             * @enum {unknown}
                             */
                            specials: "inline" | "after" | "never" | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listContinueWatching: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            item: components["schemas"]["Item"];
                            /** @description Where it was left */
                            positionMs: number;
                            /**
                             * Format: date-time
                             * @description When it was left
                             */
                            reportedAt: string;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listUserMediaItemData: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Only items of this kind */
                kind: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Rows at the most */
                limit?: number;
                /** @description Which of them, newest first; `history` when absent */
                list?: "history" | "continue" | "favorites";
                /** @description Rows to leave out; a cursor costs less */
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is watched; of a container, all of it */
                            completed: boolean;
                            /** @description The earliest that is known of all this */
                            createdAt: string | null;
                            /** @description Its length; 0: not known */
                            durationSeconds: number;
                            /** @description Names the record: you have one an item */
                            id: number;
                            /** @description Whether it is disliked */
                            isDisliked: boolean;
                            /** @description Whether it is a favourite */
                            isFavorite: boolean;
                            item: components["schemas"]["Item"];
                            /** @description When it was played last */
                            lastPlayedAt: string | null;
                            /** @description Id of the item */
                            mediaItemId: number;
                            /** @description Plays to the end */
                            playCount: number;
                            /** @description When it was played first */
                            playedAt: string | null;
                            /** @description Where it was left, 100 once completed; of a container the share of it that is watched */
                            playedPercentage: number;
                            /** @description Where it was left; 0: not in progress */
                            positionSeconds: number;
                            /**
                             * @description What sort of item it is
                             * @enum {unknown}
                             */
                            type: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                            /** @description The newest that is known of all this */
                            updatedAt: string | null;
                            /** @description You */
                            userId: number;
                            /** @description 0.5 to 10, in halves */
                            userRating: number | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMyDevices: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateMyDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                deviceUserId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    displayName?: string | null;
                    /**
                     * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether this request comes from it. */
                        current: boolean;
                        /** @description The user on this device. */
                        deviceUserId: number;
                        displayName: string | null;
                        /**
                         * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                         * @enum {string}
                         */
                        isolation: "silo" | "quiet" | "loud" | "shout";
                        kind: string;
                        lastConnectedAt: string | null;
                        /** @description The display name if there is one, else what the device calls itself. */
                        name: string;
                        reportedName: string;
                        /** @description Whose place on the device it is. */
                        userId: number;
                        userName: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listDisliked: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listFavourites: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description Only what went to the end, or only what did not */
                completed?: boolean;
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Only what was played there */
                deviceUserId?: number;
                /** @description Plays that began then or later */
                from?: string;
                /** @description Only this item, or what is in it: a season, a series, an album … */
                itemId?: number;
                /** @description Only items of this kind */
                kind?: "movie" | "episode" | "track" | "stream";
                /** @description Only items of this library */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
                /** @description Words that begin words of the title, or of that of its series, artist or album */
                text?: string;
                /** @description Plays that began before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Program that played it */
                            clientName: string | null;
                            /** @description Whether it went to the end */
                            completed: boolean;
                            /** @description As far as it is known: 2026-11-20, 2026-11 or 2026, in your time zone; null: unknown */
                            date: string | null;
                            /**
                             * @description How exactly it is known when it began
                             * @enum {unknown}
                             */
                            datePrecision: "exact" | "day" | "month" | "year" | "unknown";
                            /** @description The day on which it began in your time zone, as 2026-11-20; null: not known */
                            day: string | null;
                            device: {
                                /** @description The user on that device */
                                deviceUserId: number;
                                /** @description Name of the device */
                                name: string;
                            };
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            /** @description When it was stopped; null: never told */
                            endedAt: string | null;
                            /** @description Id of the play */
                            id: number;
                            item: components["schemas"]["Item"];
                            /** @description When it was reported last; null: unknown */
                            lastAt: string | null;
                            /** @description How it was played */
                            method: string | null;
                            /** @description Where it ended */
                            positionMs: number | null;
                            /** @description When it began, or when the day, month or year began; null: unknown */
                            startedAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addPlay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whether it went to the end */
                    completed?: boolean;
                    /** @description A day, month or year in your time zone, as 2024-05-17, 2024-05 or 2024 */
                    date?: string;
                    /** @description What was played */
                    itemId: number;
                    /**
                     * @description How exactly the date is known
                     * @enum {unknown}
                     */
                    precision?: "exact" | "day" | "month" | "year" | "unknown";
                    /**
                     * Format: date-time
                     * @description When it began, exactly; with a coarser `precision` the period in which that lies
                     */
                    startedAt?: string;
                    /** @description Time really watched */
                    watchedMs?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                        /** @description Whether it went to the end */
                        completed: boolean;
                        /** @description Id of the play */
                        id: number;
                        /** @description What was played */
                        itemId: number;
                        /**
                         * @description How exactly the date is known
                         * @enum {unknown}
                         */
                        precision: "exact" | "day" | "month" | "year" | "unknown";
                        /** @description When it began, or the day, month or year did; null: unknown */
                        startedAt: string | null;
                        /** @description Time really watched */
                        watchedMs: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clearHistory: {
        parameters: {
            query: {
                /** @description Plays that began then or later */
                from?: string;
                /** @description Only items of this kind */
                kind?: "movie" | "episode" | "track" | "stream";
                /** @description Only items of this library */
                libraryId?: number;
                /** @description Whether what was watched is unwatched again */
                marks: boolean;
                /** @description Plays that began before */
                to?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The set by which it can be taken back; null: there was nothing to clear */
                        changeSetId: number | null;
                        /** @description Plays taken away */
                        plays: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deletePlay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the play */
                playId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    correctPlay: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the play */
                playId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whether it went to the end */
                    completed?: boolean;
                    /** @description A day, month or year in your time zone, as 2024-05-17, 2024-05 or 2024 */
                    date?: string;
                    /**
                     * @description How exactly the date is known
                     * @enum {unknown}
                     */
                    precision?: "exact" | "day" | "month" | "year" | "unknown";
                    /**
                     * Format: date-time
                     * @description When it began, exactly; with a coarser `precision` the period in which that lies
                     */
                    startedAt?: string;
                    /** @description Time really watched */
                    watchedMs?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                        /** @description Whether it went to the end */
                        completed: boolean;
                        /** @description Id of the play */
                        id: number;
                        /** @description What was played */
                        itemId: number;
                        /**
                         * @description How exactly the date is known
                         * @enum {unknown}
                         */
                        precision: "exact" | "day" | "month" | "year" | "unknown";
                        /** @description When it began, or the day, month or year did; null: unknown */
                        startedAt: string | null;
                        /** @description Time really watched */
                        watchedMs: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listHistoryDays: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Plays that began then or later */
                from?: string;
                /** @description Rows at the most */
                limit?: number;
                /** @description Plays that began before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The day, month or year; null: unknown */
                            date: string | null;
                            /**
                             * @description `exact` for a day; month, year or unknown for plays of which no more is known
                             * @enum {unknown}
                             */
                            datePrecision: "exact" | "day" | "month" | "year" | "unknown";
                            /** @description The day, as 2026-11-20; null where only a month, a year or nothing is known */
                            day: string | null;
                            /** @description What was played on it */
                            plays: number;
                            /** @description Time really watched */
                            watchedMs: number;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deletePlays: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which */
                    playIds: number[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of a change set */
                        changeSetId: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listNew: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What counts as lately */
                days?: number;
                /** @description Only of this kind; absent: movies, series, and seasons of series that you follow */
                kind?: "movie" | "series" | "season" | "episode" | "album" | "stream";
                /** @description Only of this library */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description When it was added
                             */
                            addedAt: string;
                            /** @description The first of that; null for what is played itself */
                            first: components["schemas"]["Item"] | null;
                            item: components["schemas"]["Item"];
                            /** @description How much in it you have not watched; 1 for what is played itself */
                            unwatched: number;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listNextUp: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description Newest activity in the series or collection
                             */
                            activityAt: string;
                            after: {
                                /** @description Where it was watched; null: marked by hand, or unknown */
                                device: string | null;
                                /** @description Its number in the season */
                                episodeNumber: number | null;
                                /** @description Id of the episode or movie */
                                itemId: number;
                                /** @description Its season; 0 for specials */
                                seasonNumber: number | null;
                                /** @description Its title */
                                title: string;
                                /**
                                 * Format: date-time
                                 * @description When it was watched
                                 */
                                watchedAt: string;
                            } | null;
                            /** @description Of a movie: the collection in which it is next; null for an episode */
                            collection: {
                                /** @description Id of the collection */
                                id: number;
                                /** @description Its title */
                                title: string;
                            } | null;
                            /** @description Length as the player told it */
                            durationMs: number | null;
                            item: components["schemas"]["Item"];
                            /** @description Where it was left, when it is in progress */
                            positionMs: number | null;
                            /**
                             * @description Why it is here: begun, or the first unwatched after `after`
                             * @enum {unknown}
                             */
                            reason: "in_progress" | "next";
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    reportPlayback: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description With a series’ external ids: its number in the series, instead of those two */
                    absoluteNumber?: number;
                    /**
                     * Format: date-time
                     * @description When that was; now when absent
                     */
                    at?: string;
                    /** @description Program that plays */
                    clientName?: string;
                    /** @description Where the credits begin, in its second half: from there on it is watched */
                    creditsStartMs?: number;
                    /** @description The player that a program speaks for; absent: the caller’s own device */
                    device?: {
                        /** @description Names the player among yours, the same each time */
                        key: string;
                        /**
                         * @description What sort of player it is
                         * @enum {unknown}
                         */
                        kind: "browser" | "tv" | "phone" | "tablet" | "computer" | "api" | "plex" | "emby" | "jellyfin" | "kodi" | "subsonic" | "other";
                        /** @description What it is called */
                        name: string;
                    };
                    /** @description Length of the recording */
                    durationMs?: number;
                    /** @description With a series’ external ids: its number in the season */
                    episodeNumber?: number;
                    /**
                     * @description What the player did
                     * @enum {unknown}
                     */
                    event: "start" | "progress" | "pause" | "stop";
                    /** @description What other providers call it, or its series where an episode is named by its numbers */
                    externalIds?: {
                        /** @description imdb, tmdb, tvdb, musicbrainz … */
                        provider: string;
                        /** @description The name of the work there, as tt0133093 */
                        value: string;
                    }[];
                    /** @description What plays; or name it by `externalIds` */
                    itemId?: number;
                    /**
                     * @description What the external ids name; needed with them
                     * @enum {unknown}
                     */
                    kind?: "movie" | "episode" | "track" | "stream" | "series";
                    /** @description How it is played, as direct */
                    method?: string;
                    /** @description Where the player is */
                    positionMs: number;
                    /** @description With a series’ external ids: the season of the episode; 0 for specials */
                    seasonNumber?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether that play went to its end */
                        completed: boolean;
                        /** @description Length as the player told it */
                        durationMs: number | null;
                        /** @description Id of the item */
                        itemId: number;
                        /** @description When it was last played */
                        lastPlayedAt: string | null;
                        /** @description When it was last marked, itself or with what it is in */
                        markedAt: string | null;
                        /** @description Plays to the end */
                        playCount: number;
                        /** @description Id of the play that the report belongs to */
                        playId: number;
                        /** @description Where it was left; null: not in progress */
                        positionMs: number | null;
                        /** @description Whether that play is not in the history yet: it takes a second report, or the end */
                        provisional: boolean;
                        /** @description Whether it is watched */
                        watched: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRatings: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
                /** @description Newest first, or best first */
                sort: "newest" | "rating";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStatistics: {
        parameters: {
            query: {
                /** @description What the time is told by */
                by: "day" | "week" | "month" | "year" | "weekday" | "hour" | "kind" | "library" | "genre" | "series" | "movie" | "artist" | "person" | "device";
                /** @description First day, in your time zone */
                from?: string;
                /** @description Only items of this kind */
                kind?: "movie" | "episode" | "track" | "stream";
                /** @description Only items of this library */
                libraryId?: number;
                /** @description Rows at the most: the newest days, weeks and months, else those with most time */
                limit?: number;
                /** @description Last day */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description First day that is told of: hours, titles, genres and people go by whole months */
                        from: string | null;
                        items: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description False while plays are still being counted, after a large import or a move to another time zone */
                        settled: boolean;
                        /** @description Last day that is told of */
                        to: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getStreaks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Days up to today with something watched each; today may still be to come */
                        current: {
                            /** @description How many days */
                            days: number;
                            /**
                             * Format: date
                             * @description Its first day
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Its last day
                             */
                            to: string;
                        } | null;
                        /** @description The longest there was */
                        longest: {
                            /** @description How many days */
                            days: number;
                            /**
                             * Format: date
                             * @description Its first day
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Its last day
                             */
                            to: string;
                        } | null;
                        /** @description False while plays are still being counted, after a large import or a move to another time zone */
                        settled: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getYearInReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Year */
                year: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Artists heard longest */
                        artists: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Plays to the end */
                        completed: number;
                        /** @description Days with something watched */
                        daysWatched: number;
                        /** @description Devices watched on longest */
                        devices: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description A play */
                        first: {
                            item: components["schemas"]["Item"];
                            /**
                             * Format: date-time
                             * @description When it began
                             */
                            startedAt: string;
                        } | null;
                        /** @description Genres watched longest */
                        genres: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Time watched in each hour of the week, 168 of them from Monday midnight */
                        hoursOfWeek: number[];
                        /** @description By kind: movies, episodes, tracks, streams */
                        kinds: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description A play */
                        last: {
                            item: components["schemas"]["Item"];
                            /**
                             * Format: date-time
                             * @description When it began
                             */
                            startedAt: string;
                        } | null;
                        /** @description The day on which most was watched */
                        longestDay: {
                            /**
                             * Format: date
                             * @description Which
                             */
                            day: string;
                            /** @description Time watched */
                            ms: number;
                        } | null;
                        /** @description By month, all twelve */
                        months: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Movies watched longest */
                        movies: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Time watched */
                        ms: number;
                        /** @description People of the titles watched longest */
                        people: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Plays */
                        plays: number;
                        rewatches: {
                            /** @description Movies watched again */
                            movies: number;
                            /** @description Series begun anew */
                            series: number;
                        };
                        /** @description Series watched longest */
                        series: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        /** @description Series watched for the first time */
                        seriesBegun: number;
                        /** @description False while plays are still being counted, after a large import or a move to another time zone */
                        settled: boolean;
                        /** @description The longest run of days */
                        streak: {
                            /** @description How many days */
                            days: number;
                            /**
                             * Format: date
                             * @description Its first day
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Its last day
                             */
                            to: string;
                        } | null;
                        /** @description How many different ones */
                        titles: {
                            /** @description Artists */
                            artist?: number;
                            /** @description Movies */
                            movie?: number;
                            /** @description Series */
                            series?: number;
                            /** @description Streams */
                            stream?: number;
                        };
                        /** @description By weekday, Monday first */
                        weekdays: {
                            /** @description Plays to the end */
                            completed: number;
                            /** @description The item that it is, if it is one */
                            itemId: number | null;
                            /** @description A day, week, month, weekday (1: Monday), hour, kind, or the id of what it is */
                            key: string;
                            /** @description The same for people to read */
                            label: string;
                            /** @description Time watched */
                            ms: number;
                            /** @description Plays */
                            plays: number;
                        }[];
                        year: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMyTokens: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Its activity is recorded under this device. */
                            deviceUserId: number;
                            expiresAt: string | null;
                            id: number;
                            lastUsedAt: string | null;
                            name: string;
                            /**
                             * @description The most that the token may do.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createMyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expiresAt?: string | null;
                    /**
                     * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                     * @enum {string}
                     */
                    isolation?: "silo" | "quiet" | "loud" | "shout";
                    name: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Its activity is recorded under this device. */
                        deviceUserId: number;
                        expiresAt: string | null;
                        id: number;
                        lastUsedAt: string | null;
                        name: string;
                        /**
                         * @description The most that the token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** @description Shown this once and never again. */
                        token: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteMyToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWatchlist: {
        parameters: {
            query?: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Id of a media item */
                libraryId?: number;
                /** @description Rows at the most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Whether it is disliked */
                            disliked: boolean;
                            /** @description Since when */
                            dislikedAt: string | null;
                            /** @description Whether it is a favourite; never together with disliked */
                            favourite: boolean;
                            /** @description Since when */
                            favouriteAt: string | null;
                            item: components["schemas"]["Item"];
                            /** @description When it was rated */
                            ratedAt: string | null;
                            /** @description 0.5 to 10, in halves */
                            rating: number | null;
                            /** @description What you had to say of it */
                            review: string | null;
                            /** @description When it was reviewed */
                            reviewedAt: string | null;
                            /** @description Whether it is on the watchlist */
                            watchlist: boolean;
                            /** @description Since when */
                            watchlistAt: string | null;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listScanFolders: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description Id of the scan folder */
                            id: number;
                            /** @description The library that its finds go to where the kinds agree */
                            libraryId: number;
                            /** @enum {unknown} */
                            libraryKind: "movies" | "series" | "music" | "streams";
                            /** @description Where it is on the machine that runs the program */
                            path: string;
                            /** @description When the newest scan began; null: never */
                            scannedAt: string | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    addScanFolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What it mostly holds, instead of a library; left out: what its files look like
                     * @enum {unknown}
                     */
                    kind?: "movies" | "series";
                    /** @description The library to which its finds go where the kinds agree */
                    libraryId?: number;
                    /** @description An absolute path that exists where the program runs */
                    path: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description Id of the scan folder */
                        id: number;
                        /** @description The library that its finds go to where the kinds agree */
                        libraryId: number;
                        /** @enum {unknown} */
                        libraryKind: "movies" | "series" | "music" | "streams";
                        /** @description Where it is on the machine that runs the program */
                        path: string;
                        /** @description When the newest scan began; null: never */
                        scannedAt: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    forgetScanFolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the scan folder */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    scanFolder: {
        parameters: {
            query?: {
                /** @description Believe that most of its files were deleted on purpose */
                force?: boolean;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the scan folder */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Items that are new */
                        added: number;
                        ambiguities: {
                            candidates: number[];
                            path: string;
                            reason: string;
                            title: string;
                        }[];
                        /** @description Files that may be of several items; the next scan tries again */
                        ambiguous: number;
                        /** @description Files whose content changed under the same name */
                        changed: number;
                        /** @description All faults; the list holds the first of them */
                        faultCount: number;
                        faults: {
                            message: string;
                            path: string;
                        }[];
                        /** @description Video files found */
                        files: number;
                        /** @description Items that were known and got a file */
                        matched: number;
                        /** @description Files that were known elsewhere; they keep their items */
                        moved: number;
                        /** @description Items whose NFO file was newer than the last scan */
                        renewed: number;
                        /** @description Items that went away with their last copy */
                        retired: number;
                        /** @description Files that went away and came back */
                        revived: number;
                        /** @description Files as they were */
                        unchanged: number;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    searchItems: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description What sort of item it is */
                kind?: "library" | "movie" | "collection" | "series" | "season" | "episode" | "artist" | "album" | "track" | "stream";
                /** @description Rows at the most */
                limit: number;
                /** @description What to look for */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ListedItem"][];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device?: {
                        /** @description A random text that the device keeps, so that it is known again. */
                        key: string;
                        /** @enum {string} */
                        kind?: "browser" | "tv" | "phone" | "tablet" | "computer" | "other";
                        name: string;
                    };
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    switchProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    userId: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        needed: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    device?: {
                        /** @description A random text that the device keeps, so that it is known again. */
                        key: string;
                        /** @enum {string} */
                        kind?: "browser" | "tv" | "phone" | "tablet" | "computer" | "other";
                        name: string;
                    };
                    /** @description Unique, whatever its case. */
                    name: string;
                    password: string;
                    /** @description IANA name, as Europe/Berlin: in which days begin and end. */
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: {
                            /** @description Whether this request comes from it. */
                            current: boolean;
                            /** @description The user on this device. */
                            deviceUserId: number;
                            displayName: string | null;
                            /**
                             * @description How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.
                             * @enum {string}
                             */
                            isolation: "silo" | "quiet" | "loud" | "shout";
                            kind: string;
                            lastConnectedAt: string | null;
                            /** @description The display name if there is one, else what the device calls itself. */
                            name: string;
                            reportedName: string;
                            /** @description Whose place on the device it is. */
                            userId: number;
                            userName: string;
                        };
                        /** @description Your managed users, to whom you can switch. */
                        profiles: {
                            id: number;
                            name: string;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                        }[];
                        /**
                         * @description What this session or token may do.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        user: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        };
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    beginSignIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What sort of media server it is.
                     * @enum {string}
                     */
                    kind: "plex" | "emby" | "jellyfin" | "kodi" | "subsonic";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        id: string;
                        /** @description The page on which the person allows it. */
                        url: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    lookAtSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description false: not yet. */
                        allowed: boolean;
                        servers: {
                            /** @description Where it may be reached, nearest first. */
                            addresses: string[];
                            name: string;
                            owned: boolean;
                            serverId: string;
                        }[];
                        userName: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listStreamSources: {
        parameters: {
            query: {
                /** @description `next` of the former page */
                cursor?: string;
                /** @description Rows at the most */
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Id of the stream source */
                            id: number;
                            /** @description What it is called; no two are called the same */
                            name: string;
                            /** @description Whether it can tell where one is; a live tuner cannot */
                            tracksProgress: boolean;
                        }[];
                        /** @description Cursor of the following page; null at the end */
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createStreamSource: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What it is called; no two are called the same */
                    name: string;
                    /** @description Whether it can tell where one is; a live tuner cannot */
                    tracksProgress: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the stream source */
                        id: number;
                        /** @description What it is called; no two are called the same */
                        name: string;
                        /** @description Whether it can tell where one is; a live tuner cannot */
                        tracksProgress: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query: {
                cursor?: string;
                limit: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            createdAt: string;
                            /** @description What of the catalog may be seen. */
                            grants: {
                                allowedTags: string[] | null;
                                /** @description Whether unrated items are seen where there is a highest level. */
                                allowUnrated: boolean;
                                /** @description Items with one of these tags are hidden. */
                                blockedTags: string[];
                                libraries: number[] | null;
                                maxRatingLevel: number | null;
                                streamSources: number[] | null;
                            };
                            id: number;
                            name: string;
                            ownerId: number | null;
                            /**
                             * @description admin runs the house, user records what they watch, guest only looks.
                             * @enum {string}
                             */
                            role: "admin" | "user" | "guest";
                            /** @description IANA name of the zone in which days begin and end. */
                            timeZone: string;
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    grants?: {
                        allowedTags?: string[] | null;
                        /** @description Whether unrated items are seen where there is a highest level. */
                        allowUnrated?: boolean;
                        /** @description Items with one of these tags are hidden. */
                        blockedTags?: string[];
                        libraries?: number[] | null;
                        maxRatingLevel?: number | null;
                        streamSources?: number[] | null;
                    };
                    /** @description A profile of your own without a password: you switch to it. */
                    managed?: boolean;
                    /** @description Unique, whatever its case. */
                    name: string;
                    password?: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                    /** @description IANA name, as Europe/Berlin: in which days begin and end. */
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** @description IANA name of the zone in which days begin and end. */
                        timeZone: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** @description IANA name of the zone in which days begin and end. */
                        timeZone: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: {
                /** @description The name of the user to be deleted. */
                confirm?: string;
            };
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A name of your choice for this request, as a random UUID. Sent again with the same one it is not carried out again: you get the first answer. */
                "idempotency-key"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    grants?: {
                        allowedTags?: string[] | null;
                        /** @description Whether unrated items are seen where there is a highest level. */
                        allowUnrated?: boolean;
                        /** @description Items with one of these tags are hidden. */
                        blockedTags?: string[];
                        libraries?: number[] | null;
                        maxRatingLevel?: number | null;
                        streamSources?: number[] | null;
                    };
                    /** @description Unique, whatever its case. */
                    name?: string;
                    oldPassword?: string;
                    password?: string;
                    /**
                     * @description admin runs the house, user records what they watch, guest only looks.
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "guest";
                    /** @description IANA name, as Europe/Berlin: in which days begin and end. */
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        createdAt: string;
                        /** @description What of the catalog may be seen. */
                        grants: {
                            allowedTags: string[] | null;
                            /** @description Whether unrated items are seen where there is a highest level. */
                            allowUnrated: boolean;
                            /** @description Items with one of these tags are hidden. */
                            blockedTags: string[];
                            libraries: number[] | null;
                            maxRatingLevel: number | null;
                            streamSources: number[] | null;
                        };
                        id: number;
                        name: string;
                        ownerId: number | null;
                        /**
                         * @description admin runs the house, user records what they watch, guest only looks.
                         * @enum {string}
                         */
                        role: "admin" | "user" | "guest";
                        /** @description IANA name of the zone in which days begin and end. */
                        timeZone: string;
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    receiveDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As its address has it. */
                secret: string;
            };
            cookie?: never;
        };
        /** @description As its sender has it, of any content type. */
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: boolean;
                    };
                };
            };
            /** @description The request was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "healthy";
                    };
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each part of the house; told only to admins. */
                        checks?: {
                            name: string;
                            reason: string | null;
                            state: "healthy" | "degraded" | "unhealthy";
                            tookMs: number;
                        }[];
                        state: "healthy" | "degraded" | "unhealthy";
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each part of the house; told only to admins. */
                        checks?: {
                            name: string;
                            reason: string | null;
                            state: "healthy" | "degraded" | "unhealthy";
                            tookMs: number;
                        }[];
                        state: "healthy" | "degraded" | "unhealthy";
                    };
                };
            };
        };
    };
}
